import type { CapturedOutput } from "@codex/platform/capture-output";
import { err, ok, type Result } from "@codex/protocol/result";
import { isHeaderValue } from "./header-value.ts";
import type { TokenSource } from "./token-source.ts";

/** A program of the user's that prints a bearer token. */
export type TokenCommand = {
  argv: [string, ...string[]];
  cwd: string | undefined;
  timeoutMs: number;
  /** How long a token serves before it is fetched anew; 0: until the server refuses it. */
  refreshIntervalMs: number;
};

export type TokenCommandDeps = {
  run(command: TokenCommand): Promise<Result<CapturedOutput, string>>;
  /** Milliseconds from some fixed moment. */
  monotonic(): number;
};

/** Runs the command when a token is needed, once for all who ask at the same time. */
export function commandToken(command: TokenCommand, deps: TokenCommandDeps): TokenSource {
  let fetched: { token: string; at: number } | undefined;
  let fetching: Promise<Result<string, string>> | undefined;

  const fetchToken = (): Promise<Result<string, string>> => {
    fetching ??= runForToken(command, deps).finally(() => (fetching = undefined));
    return fetching.then((token) => {
      if (token.ok) fetched = { token: token.value, at: deps.monotonic() };
      return token;
    });
  };
  const isFresh = (at: number): boolean =>
    command.refreshIntervalMs === 0 || deps.monotonic() - at < command.refreshIntervalMs;

  return {
    current: async () => {
      const token = fetched && isFresh(fetched.at) ? ok(fetched.token) : await fetchToken();
      return token.ok ? ok({ token: token.value, headers: {} }) : token;
    },
    renew: async (time) => {
      if (time > 1) return ok(false);
      const refused = fetched?.token;
      const token = await fetchToken();
      return token.ok ? ok(token.value !== refused) : token;
    },
  };
}

async function runForToken(command: TokenCommand, deps: TokenCommandDeps): Promise<Result<string, string>> {
  const name = `provider auth command \`${command.argv[0]}\``;
  const output = await deps.run(command);
  if (!output.ok) return err(`${name} failed: ${output.error}`);
  const { stdout, stderr, exitCode } = output.value;
  if (exitCode !== 0) {
    const reason = stderr.trim().split("\n").at(-1) ?? "";
    return err(`${name} exited with status ${exitCode}${reason === "" ? "" : `: ${reason}`}`);
  }
  const token = stdout.trim();
  if (token === "") return err(`${name} printed no token`);
  return isHeaderValue(token) && !token.includes("\n") ? ok(token) : err(`${name} printed something that is no token`);
}
