import { parseFlags } from "@codex/config/overrides";
import type { ProtocolClient } from "@codex/app-server/client";
import { codexHome } from "@codex/config/codex-home";
import type { ExecOptions } from "@codex/exec/options";
import { currentEnvironment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import type { ExecCommand } from "./exec-command.ts";
import { remoteClient } from "./app-server/remote-client.ts";
import { bypasses } from "./load-input.ts";
import { readWords } from "./read-words.ts";

type Prepared = { options: ExecOptions; prompt: string; client: ProtocolClient };

/**
 * A run whose thread lives in another process, perhaps on another machine: its config is that server's, so nothing of this
 * machine's is read but what the command line says.
 */
export async function prepareRemoteExec(command: ExecCommand): Promise<Result<Prepared>> {
  const { flags } = command;
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const local = localOnly(flags);
  if (local !== undefined) {
    return err(fail("usage", `Error: ${local} is about this machine's files; leave it out with --remote.`));
  }
  const settings = remoteSettings(flags);
  if (!settings.ok) return settings;
  const words = await readWords(command, env);
  if (!words.ok) return words;
  const client = await remoteClient(flags, { env, codexHome: home.value });
  if (!client.ok) return client;
  const options: ExecOptions = {
    ...words.value.options,
    settings: settings.value,
    settingsOfNew: settings.value,
    cwd: resolve(flags.cd ?? "."),
    hideReasoning: false,
    showRawReasoning: false,
    // Only the server knows what its models do where nothing was chosen.
    reasoningEffort: "default",
    reasoningSummary: "auto",
  };
  return ok({ options, prompt: words.value.prompt, client: client.value });
}

/** What would change this machine's files or be read from them. */
function localOnly(flags: ExecFlags): string | undefined {
  const { profile, trust, worktree, ignoreUserConfig, ignoreRules, strictConfig } = flags;
  const named = {
    "--profile": profile,
    "--trust": trust,
    "--worktree": worktree,
    "--ignore-user-config": ignoreUserConfig,
    "--ignore-rules": ignoreRules,
    "--strict-config": strictConfig,
  };
  return Object.entries(named).find(([, value]) => value !== undefined)?.[0];
}

type Settings = Pick<Params<"thread/start">, "model" | "sandbox" | "approvalsReviewer" | "config">;

function remoteSettings(flags: ExecFlags): Result<Settings> {
  const { config: overrides = [], enable = [], disable = [], model, approveForMe } = flags;
  const table = parseFlags({ overrides, enable, disable });
  if (!table.ok) return table;
  const sandbox = bypasses(flags)
    ? "danger-full-access"
    : (flags.sandbox ?? (approveForMe ? "workspace-write" : undefined));
  return ok({
    ...(model === undefined ? {} : { model }),
    ...(sandbox === undefined ? {} : { sandbox: sandbox as Settings["sandbox"] }),
    ...(approveForMe ? { approvalsReviewer: "auto_review" as const } : {}),
    config: table.value as Settings["config"],
  });
}
