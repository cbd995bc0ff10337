import { parseFlags } from "@codex/config/overrides";
import type { ProtocolClient } from "@codex/app-server/client";
import { codexHome } from "@codex/config/codex-home";
import type { ExecOptions } from "@codex/exec/options";
import { currentEnvironment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import type { ExecCommand } from "./exec-command.ts";
import { remoteClient } from "./app-server/remote-client.ts";
import { bypasses } from "./load-input.ts";
import { readSchema, useColor } from "./prepare-exec.ts";
import { readPrompt } from "./read-prompt.ts";
import { splitImages } from "./split-images.ts";

type Prepared = { options: ExecOptions; prompt: string; client: ProtocolClient };

/**
 * A run whose thread lives in another process, perhaps on another machine: its config is that server's, so nothing of this
 * machine's is read but what the command line says.
 */
export async function prepareRemoteExec({ session, prompt: words, flags }: ExecCommand): Promise<Result<Prepared>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const local = localOnly(flags);
  if (local !== undefined) {
    return err(fail("usage", `Error: ${local} is about this machine's files; leave it out with --remote.`));
  }
  const settings = remoteSettings(flags);
  if (!settings.ok) return settings;
  const schema = readSchema(flags.outputSchema);
  if (!schema.ok) return schema;
  const { images, prompt: argument } = splitImages(flags.image ?? [], words);
  const prompt = await readPrompt(argument, { optional: session.type === "fork" || images.length > 0 });
  if (!prompt.ok) return prompt;
  const client = await remoteClient(flags, { env, codexHome: home.value });
  if (!client.ok) return client;
  const options: ExecOptions = {
    session,
    settings: settings.value,
    settingsOfNew: settings.value,
    images: images.map((image) => resolve(image)),
    cwd: resolve(flags.cd ?? "."),
    addedRoots: (flags.addDir ?? []).map((dir) => resolve(dir)),
    reviewed: flags.approveForMe === true,
    ephemeral: flags.ephemeral === true,
    threadSource: flags.threadSource,
    outputSchema: schema.value,
    lastMessageFile: flags.outputLastMessage === undefined ? undefined : resolve(flags.outputLastMessage),
    output: flags.json || flags.experimentalJson ? "json" : "human",
    color: useColor(flags.color, env),
    hideReasoning: false,
    showRawReasoning: false,
    // Only the server knows what its models do where nothing was chosen.
    reasoningEffort: "default",
    reasoningSummary: "auto",
    version,
  };
  return ok({ options, prompt: prompt.value, client: client.value });
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
