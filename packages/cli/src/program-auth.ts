import { openAuth, type Auth } from "@codex/auth/open-auth";
import type { Config } from "@codex/config/schema";
import { originatorOf } from "@codex/model/originator";
import { terminalToken, userAgent } from "@codex/model/user-agent";
import type { Environment } from "@codex/platform/env";
import { debugLog } from "@codex/platform/log";
import { osRelease } from "@codex/platform/os-release";
import { version } from "@codex/protocol/version";

export type ProgramAuthInput = {
  readonly codexHome: string;
  readonly env: Environment;
  /** Undefined where the config cannot be read: credentials are looked for in auth.json then. */
  readonly config: Pick<Config, "cli_auth_credentials_store"> | undefined;
  /** Whether CODEX_API_KEY goes before what is stored. */
  readonly environmentKey: "first" | "last";
  /** Who asks, as far as that is known. */
  readonly client?: () => { readonly name: string; readonly version: string } | undefined;
};

/** The credentials of this process: opened once, handed to all who need them. */
export const openProgramAuth = ({ codexHome, env, config, environmentKey, client }: ProgramAuthInput): Promise<Auth> =>
  openAuth({
    codexHome,
    env,
    store: config?.cli_auth_credentials_store ?? "file",
    environmentKey,
    client: () => presentation(env, client?.()),
    debug: debugLog(env, "codex"),
  });

/** `originator` and `user-agent` of requests that no thread makes. */
export function presentation(env: Environment, client: { name: string; version: string } | undefined) {
  const originator = originatorOf(env, client?.name);
  const machine = { os: osRelease(), terminal: terminalToken(env), version };
  return { originator, userAgent: userAgent({ ...machine, originator, client }) };
}
