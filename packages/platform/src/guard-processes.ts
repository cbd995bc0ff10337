export type Guard = {
  /** For an orderly end, in which the guarded processes are ended by other means. */
  stop(): void;
};

/**
 * Sees to it that processes end when this one does, be it by SIGKILL: a shell of its own session waits for the end of a pipe
 * that only we hold, then kills every process whose environment began with the entry. Linux only; elsewhere undefined.
 */
export function guardProcesses(name: string, value: string): Guard | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const guard = Bun.spawn(["/bin/sh", "-c", script, "guard", `${name}=${value}`], {
      cwd: "/",
      env: { PATH: "/usr/bin:/bin" },
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    guard.unref();
    return { stop: () => guard.kill("SIGKILL") };
  } catch {
    // Without a shell the commands are on their own, as after any kill.
    return undefined;
  }
}

/** Again and again, because a process may fork while its siblings are being killed. */
const script = `
read -r _
for round in 1 2 3; do
  grep -lszxF -e "$1" /proc/[0-9]*/environ | while IFS=/ read -r _ _ pid _; do kill -9 "$pid"; done
done`;
