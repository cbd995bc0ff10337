import { codexHome } from "@codex/config/codex-home";
import type { Auth } from "@codex/auth/open-auth";
import { findGitFolder } from "@codex/config/git-folder";
import { fallbacksOf, loadConfig, type LoadedConfig, type LoadInput } from "@codex/config/load-config";
import type { ExecOptions } from "@codex/exec/options";
import { defaultModel } from "@codex/model/catalogue";
import { currentEnvironment } from "@codex/platform/env";
import { pathKind } from "@codex/platform/read-file";
import { stdio } from "@codex/platform/stdio";
import { fail, type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { configuredPermissions } from "@codex/sandbox/permissions/choose-permissions";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import type { ExecCommand } from "./exec-command.ts";
import type { ComposeInput } from "./compose.ts";
import { bypasses, loadInput } from "./load-input.ts";
import { modelOf } from "./model-of.ts";
import { openProgramAuth } from "./program-auth.ts";
import { providerOf } from "./provider-of.ts";
import { readWords } from "./read-words.ts";

type Prepared = { options: ExecOptions; prompt: string; composition: ComposeInput };

/**
 * Everything a run needs, read and checked in the order in which nothing has to be taken back: the config and what can be
 * known from it, then standard input, then a worktree, which stays on disk.
 */
export async function prepareExec(command: ExecCommand): Promise<Result<Prepared>> {
  const { flags } = command;
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const folder = resolve(flags.cd ?? ".");
  if (pathKind(folder) !== "directory") return err(fail("usage", `Error: --cd ${folder} is not a directory.`));

  const checked = await checkedConfig(flags, loadInput(flags, home.value, folder, env));
  if (!checked.ok) return checked;
  const words = await readWords(command, env);
  if (!words.ok) return words;

  const place = flags.worktree ? await inWorktree(checked.value) : ok(checked.value);
  if (!place.ok) return place;
  const { input, loaded, auth } = place.value;
  for (const warning of warningsOf(loaded)) stdio.err(`warning: ${warning}\n`);
  const model = modelOf(loaded.config);
  const options: ExecOptions = {
    ...words.value.options,
    settings: settingsOf(loaded),
    cwd: input.cwd,
    fallbacks: fallbacksOf(loaded),
    hideReasoning: loaded.config.hide_agent_reasoning,
    showRawReasoning: loaded.config.show_raw_agent_reasoning ?? false,
    reasoningEffort: model.defaultReasoningEffort ?? "none",
    reasoningSummary: loaded.config.model_reasoning_summary ?? model.defaultReasoningSummary,
  };
  const composition = { codexHome: home.value, env, auth, cwd: input.cwd, loaded, loadInput: input };
  return ok({ options, prompt: words.value.prompt, composition });
}

/** A session is gone on with as the config and the flags say now. */
const settingsOf = (loaded: LoadedConfig): ExecOptions["settings"] => ({
  model: loaded.config.model ?? defaultModel,
  serviceTier: loaded.config.service_tier ?? null,
  approvalsReviewer: loaded.config.approvals_reviewer ?? "user",
  ...configuredPermissions(loaded),
});

type Place = { readonly input: LoadInput; readonly loaded: LoadedConfig; readonly auth: Auth };

/** The config, once it is certain that the run may be here and has a provider with a key. */
async function checkedConfig(flags: ExecFlags, input: LoadInput): Promise<Result<Place>> {
  const loaded = await loadConfig(input);
  if (!loaded.ok) return loaded;
  const refused = checkFolder(loaded.value, flags) ?? checkApproval(loaded.value);
  if (refused) return err(refused);
  const { config, requirements } = loaded.value;
  const client = () => ({ name: "codex_exec", version });
  const auth = await openProgramAuth({ ...input, config, environmentKey: "first", client });
  const provider = providerOf(undefined, config, { ...input, auth, requirements });
  return provider.ok ? ok({ input, loaded: loaded.value, auth }) : provider;
}

/** The same run in a worktree of its own, where the project's settings are those of the commit checked out. */
async function inWorktree({ input, auth }: Place): Promise<Result<Place>> {
  const { makeWorktree } = await import("./make-worktree.ts");
  const made = await makeWorktree(input);
  if (!made.ok) return made;
  stdio.err(`Working in ${made.value.root}; it stays after the run.\n`);
  const moved = { ...input, cwd: made.value.cwd, trustFlag: false };
  const loaded = await loadConfig(moved);
  return loaded.ok ? ok({ input: moved, loaded: loaded.value, auth }) : loaded;
}

/** Outside a repository and a trusted folder nobody has said that an agent may work here; `--worktree` has its own word for it. */
function checkFolder(loaded: LoadedConfig, flags: ExecFlags): CodexError | undefined {
  if (flags.skipGitRepoCheck || flags.worktree || bypasses(flags) || loaded.trusted) return undefined;
  if (findGitFolder(loaded.projectRoot)) return undefined;
  return fail("usage", "Not inside a trusted directory and --skip-git-repo-check was not specified.");
}

/** exec has nobody to ask, so a policy that asks first for everything could run nothing. */
function checkApproval({ config }: LoadedConfig): CodexError | undefined {
  return config.approval_policy === "untrusted"
    ? fail("usage", 'Error: approval_policy = "untrusted" is no longer supported; remove this setting')
    : undefined;
}

function warningsOf({ warnings, config }: LoadedConfig): string[] {
  const policy = config.approval_policy;
  const name = typeof policy === "object" ? "granular" : policy;
  return [
    ...warnings.map(({ message }) => message),
    ...(name === undefined || name === "never"
      ? []
      : [`approval_policy = "${name}" has no effect: exec has nobody to ask and runs with "never"`]),
  ];
}
