import { descendants, listProcesses } from "./process-tree.ts";

/**
 * Calls back at the first SIGINT or SIGTERM; a second one ends the process at once, and what it has started with it. Returns
 * a function that stops listening.
 */
export function onSignal(listener: (signal: "SIGINT" | "SIGTERM") => void): () => void {
  let asked = false;
  const stops = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    const heard = () => {
      if (asked) endAtOnce(signal === "SIGINT" ? 1 : 143);
      asked = true;
      listener(signal);
    };
    process.on(signal, heard);
    return () => process.off(signal, heard);
  });
  return () => stops.forEach((stop) => stop());
}

function endAtOnce(exitCode: number): never {
  for (const { pid } of descendants(listProcesses(), [process.pid])) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
  process.exit(exitCode);
}
