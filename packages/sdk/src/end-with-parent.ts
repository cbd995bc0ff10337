import type { ChildProcess } from "node:child_process";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const children = new Set<ChildProcess>();

/**
 * Ends the child when this process ends: by itself, by `process.exit` or by a signal. A process that is killed with SIGKILL
 * cannot do that; its child ends at its next write. Returns what takes the child off the list again.
 */
export function endWithParent(child: ChildProcess): () => void {
  if (children.size === 0) listen();
  children.add(child);
  return () => {
    if (children.delete(child) && children.size === 0) stopListening();
  };
}

function listen(): void {
  process.on("exit", endChildren);
  for (const signal of signals) process.on(signal, onSignal);
}

function stopListening(): void {
  process.off("exit", endChildren);
  for (const signal of signals) process.off(signal, onSignal);
}

function endChildren(): void {
  for (const child of children) child.kill("SIGTERM");
}

function onSignal(signal: NodeJS.Signals): void {
  endChildren();
  // A listener takes away the signal's own effect. Where no one else listens, that effect is due.
  if (process.listenerCount(signal) > 1) return;
  stopListening();
  process.kill(process.pid, signal);
}
