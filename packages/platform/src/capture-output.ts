import { err, ok, type Result } from "@codex/protocol/result";

export type CapturedOutput = { stdout: string; stderr: string; exitCode: number };

/**
 * Runs a short helper program of the user's (a token command, say) and collects what it prints; no shell, and no stdin but `input`.
 * An error is a sentence that says why it could not be run, or that it took longer than `timeoutMs` and was killed.
 */
export async function captureOutput(
  argv: readonly [string, ...string[]],
  options: { cwd?: string | undefined; env: Record<string, string | undefined>; timeoutMs: number; input?: string },
): Promise<Result<CapturedOutput, string>> {
  const { cwd, env, timeoutMs, input } = options;
  try {
    const child = Bun.spawn([...argv], {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      stdin: input === undefined ? "ignore" : Buffer.from(input),
      stdout: "pipe",
      stderr: "pipe",
      timeout: timeoutMs,
      killSignal: "SIGKILL",
    });
    const output = Promise.all([child.stdout.text(), child.stderr.text()]);
    const exitCode = await child.exited;
    if (child.signalCode === "SIGKILL") return err(`took longer than ${timeoutMs} ms`);
    const [stdout, stderr] = await output;
    return ok({ stdout, stderr, exitCode });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
