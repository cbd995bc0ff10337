/** What is to be done, without waiting for anything, when this process ends by itself. Returns a function that takes it back. */
export function onExit(act: () => void): () => void {
  if (acts.size === 0) process.on("exit", actAll);
  acts.add(act);
  return () => {
    acts.delete(act);
    if (acts.size === 0) process.off("exit", actAll);
  };
}

/** Behind one listener: Node warns of a leak where there are more than ten. */
const acts = new Set<() => void>();

const actAll = (): void => {
  for (const act of acts) act();
};
