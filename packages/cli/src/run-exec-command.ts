import { codexHome } from "@codex/config/codex-home";
import { findGitFolder } from "@codex/config/git-folder";
import { loadConfig, type LoadedConfig, type LoadInput } from "@codex/config/load-config";
import { runExec } from "@codex/exec/run-exec";
import type { ExecOptions, SessionChoice } from "@codex/exec/options";
import { currentEnvironment } from "@codex/platform/env";
import { readText, pathKind } from "@codex/platform/read-file";
import { onSignal } from "@codex/platform/on-signal";
import { stdio } from "@codex/platform/stdio";
import { writeText } from "@codex/platform/write-text";
import type { CodexError } from "@codex/protocol/errors";
import { fail } from "@codex/protocol/errors";
import { parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import { compose } from "./compose.ts";
import { readPrompt } from "./read-prompt.ts";

export type ExecCommand = {
  readonly session: SessionChoice;
  readonly prompt: string | undefined;
  readonly flags: ExecFlags;
};

/** `codex exec` from parsed argv to its exit code: config, prompt, thread, turn. */
export async function runExecCommand(command: ExecCommand): Promise<number> {
  const prepared = await prepare(command);
  if (!prepared.ok) return refuse(prepared.error);
  const { options, prompt, composition } = prepared.value;
  const program = compose(composition);
  try {
    await program.client.request("initialize", { clientInfo: { name: "codex_exec", version } });
    const end = await runExec(program.client, options, prompt, {
      out: stdio.out,
      err: stdio.err,
      sameScreen: stdio.isTerminal("out") && stdio.isTerminal("err"),
      writeFile: writeText,
      onSignal,
    });
    return end.error ? refuse(end.error) : end.exitCode;
  } finally {
    await program.close();
  }
}

/** One sentence on standard error. Some carry their own beginning, which programs look for. */
function refuse({ message, code }: CodexError): number {
  stdio.err(message.startsWith("Error") || code === "usage" ? `${message}\n` : `Error: ${message}\n`);
  return 1;
}

type Prepared = { options: ExecOptions; prompt: string; composition: Parameters<typeof compose>[0] };

async function prepare({ session, prompt: words, flags }: ExecCommand): Promise<Result<Prepared>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const cwd = resolve(flags.cd ?? ".");
  if (pathKind(cwd) !== "directory") return err(fail("usage", `Error: --cd ${cwd} is not a directory.`));

  const loadInput = describeLoad(flags, home.value, cwd, env);
  const loaded = await loadConfig(loadInput);
  if (!loaded.ok) return loaded;
  const refused = checkFolder(loaded.value, flags) ?? checkApproval(loaded.value);
  if (refused) return err(refused);
  const schema = readSchema(flags.outputSchema);
  if (!schema.ok) return schema;
  const { images, prompt: argument } = splitImages(flags.image ?? [], words);
  const prompt = await readPrompt(argument, { optional: session.type === "fork" || images.length > 0 });
  if (!prompt.ok) return prompt;

  for (const { message } of loaded.value.warnings) stdio.err(`warning: ${message}\n`);
  const options: ExecOptions = {
    session,
    images: images.map((image) => resolve(image)),
    cwd,
    addedRoots: (flags.addDir ?? []).map((dir) => resolve(dir)),
    ephemeral: flags.ephemeral === true,
    threadSource: flags.threadSource,
    outputSchema: schema.value,
    lastMessageFile: flags.outputLastMessage === undefined ? undefined : resolve(flags.outputLastMessage),
    output: flags.json || flags.experimentalJson ? "json" : "human",
    color: useColor(flags.color, env),
    hideReasoning: loaded.value.config.hide_agent_reasoning,
    showRawReasoning: loaded.value.config.show_raw_agent_reasoning ?? false,
    reasoningSummary: loaded.value.config.model_reasoning_summary ?? "auto",
    version,
  };
  return ok({
    options,
    prompt: prompt.value,
    composition: { codexHome: home.value, env, cwd, loaded: loaded.value, loadInput },
  });
}

const describeLoad = (flags: ExecFlags, home: string, cwd: string, env: LoadInput["env"]): LoadInput => ({
  codexHome: home,
  cwd,
  env,
  overrides: [...(flags.config ?? []), ...typedOverrides(flags)],
  enable: flags.enable ?? [],
  disable: flags.disable ?? [],
  profile: flags.profile,
  ignoreUserConfig: flags.ignoreUserConfig === true,
  strict: flags.strictConfig === true,
  trustFlag: flags.trust === true,
});

/** Options that are short for a setting. */
function typedOverrides(flags: ExecFlags): string[] {
  const sandbox = flags.dangerouslyBypassApprovalsAndSandbox ? "danger-full-access" : flags.sandbox;
  const settings = { model: flags.model, sandbox_mode: sandbox };
  return Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${JSON.stringify(value)}`],
  );
}

/** Outside a repository and a trusted folder nobody has said that an agent may work here. */
function checkFolder(loaded: LoadedConfig, flags: ExecFlags): CodexError | undefined {
  if (flags.skipGitRepoCheck || flags.dangerouslyBypassApprovalsAndSandbox || loaded.trusted) return undefined;
  if (findGitFolder(loaded.projectRoot)) return undefined;
  return fail("usage", "Not inside a trusted directory and --skip-git-repo-check was not specified.");
}

/** exec has nobody to ask, so a policy that asks first for everything could run nothing. */
function checkApproval({ config }: LoadedConfig): CodexError | undefined {
  const policy = config.approval_policy;
  if (policy === "untrusted") {
    return fail("usage", 'Error: approval_policy = "untrusted" is no longer supported; remove this setting');
  }
  return undefined;
}

function readSchema(path: string | undefined): Result<unknown> {
  if (path === undefined) return ok(undefined);
  const text = readText(path);
  if (!text.ok) return err(fail("usage", `Failed to read output schema file ${path}: ${text.error.reason}`));
  if (text.value === undefined) return err(fail("usage", `Failed to read output schema file ${path}: no such file`));
  const schema = parseJson(text.value);
  if (typeof schema === "object" && schema !== null && !Array.isArray(schema)) return ok(schema);
  return err(fail("usage", `Output schema file ${path} is not a JSON object; give a JSON Schema.`));
}

/** `-i a.png b.png "look"`: what is no file at the end of the list was meant as the prompt. */
function splitImages(
  images: readonly string[],
  prompt: string | undefined,
): { images: string[]; prompt: string | undefined } {
  const last = images.at(-1);
  if (prompt !== undefined || last === undefined || images.length < 2 || pathKind(last) !== "absent") {
    return { images: [...images], prompt };
  }
  return { images: images.slice(0, -1), prompt: last };
}

function useColor(when: ExecFlags["color"], env: LoadInput["env"]): boolean {
  if (when === "always" || when === "never") return when === "always";
  return stdio.isTerminal("err") && !env.NO_COLOR && env.TERM !== "dumb";
}
