/**
 * Calls back at the first SIGINT or SIGTERM; a second one ends the process at once. Returns a function that stops listening.
 */
export function onSignal(listener: (signal: "SIGINT" | "SIGTERM") => void): () => void {
  const listeners = (["SIGINT", "SIGTERM"] as const).map((signal) => {
    let asked = false;
    const heard = () => {
      if (asked) process.exit(signal === "SIGINT" ? 1 : 143);
      asked = true;
      listener(signal);
    };
    process.on(signal, heard);
    return () => process.off(signal, heard);
  });
  return () => listeners.forEach((stop) => stop());
}
