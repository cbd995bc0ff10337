import type { Environment } from "./env.ts";

/**
 * Passes on the files below `folder` as ripgrep at `rg` finds them, relative to it: hidden ones too, links followed, without what
 * ignore files leave out and without `.git`. Resolves when all are there, or nothing more comes because `signal` aborted; never
 * rejects. What cannot be read is left out; an unreadable folder has no files.
 */
export async function listFiles(
  rg: string,
  folder: string,
  env: Environment,
  onFiles: (paths: string[]) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const child = Bun.spawn([rg, "--no-config", "--no-messages", ...whatToList], {
      cwd: folder,
      env,
      stdin: "ignore",
      stdout: "pipe",
      stderr: "ignore",
      signal,
      killSignal: "SIGKILL",
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of child.stdout) {
      const parts = `${rest}${decoder.decode(bytes, { stream: true })}`.split("\0");
      rest = parts.pop() ?? "";
      if (parts.length > 0) onFiles(parts);
    }
    await child.exited;
  } catch {
    // There is no such folder, or the program went away: then this is all there is.
  }
}

const whatToList = ["--files", "--hidden", "--follow", "--null", "--glob", "!.git"];
