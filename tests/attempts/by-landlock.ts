import type { Verdicts } from "./attempt.ts";

/**
 * What comes out otherwise where Landlock and the system call filter stand alone. It takes back no right inside a writable
 * folder, minds no attributes of files, and hides no processes; abstract sockets are closed by it, tracing files of /proc too.
 */
export const byLandlock: Readonly<Record<string, Verdicts>> = {
  "make a hard link to a file of .git": "A-A",
  "chmod a file outside": "A-A",
  "date a file outside": "A-A",
  "label a file outside": "A-A",
  "git commit": "A-A",
  "write a git hook": "A-A",
  "git config": "A-A",
  "move .git away": "A-A",
  "put a folder in the place of .git": "A-A",
  "remove .git": "A-A",
  "make .codex": "A-A",
  "write .codex/config.toml": "A-A",
  "write in .agents": "A-A",
  "write in .aws": "A-A",
  "move what stands for .agents": "A-A",
  "write in /tmp/.git": "A-A",
  "write in /tmp/.codex": "A-A",
  "write its own memory by /proc": "---",
  "see a process outside": "AAA",
  "see a secret in /proc/1/environ": "---",
  "connect to an abstract socket": "---",
};
