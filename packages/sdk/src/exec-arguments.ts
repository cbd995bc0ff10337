import { configOverrides } from "./config-overrides.ts";
import type { CodexOptions, ThreadOptions, TurnOptions } from "./options.ts";

export type ExecTurn = {
  codex: Pick<CodexOptions, "baseUrl" | "config" | "configOverrides">;
  thread: ThreadOptions;
  turn: Pick<TurnOptions, "cyberAccessProgram">;
  images: readonly string[];
  schemaFile: string | undefined;
  /** The id or name of the thread to go on with; null starts one. */
  resume: string | null;
};

/** The arguments of `codex` for one turn, whose prompt comes over standard input. */
export function execArguments({ codex, thread, turn, images, schemaFile, resume }: ExecTurn): string[] {
  const pictures = images.map((path) => `--image=${path}`);
  return [
    "exec",
    "--json",
    ...flags(thread),
    ...option("--output-schema", schemaFile),
    ...option("--cyber-access-program", turn.cyberAccessProgram),
    // A later override wins: what the thread asks for comes after what holds for all threads.
    ...[...sharedOverrides(codex), ...threadOverrides(thread)].flatMap((text) => ["--config", text]),
    // `--` because a thread's name may look like an option.
    ...(resume === null
      ? [...option("--thread-source", thread.threadSource), ...pictures]
      : ["resume", ...pictures, "--", resume]),
  ];
}

const flags = (thread: ThreadOptions): string[] => [
  ...option("--model", thread.model),
  ...option("--sandbox", thread.sandboxMode),
  ...option("--cd", thread.workingDirectory),
  ...(thread.additionalDirectories ?? []).flatMap((folder) => ["--add-dir", folder]),
  ...(thread.skipGitRepoCheck ? ["--skip-git-repo-check"] : []),
];

const sharedOverrides = ({ config, configOverrides: raw, baseUrl }: ExecTurn["codex"]): string[] => [
  ...configOverrides(config ?? {}),
  ...(raw ?? []),
  ...(baseUrl === undefined ? [] : configOverrides({ openai_base_url: baseUrl })),
];

function threadOverrides(thread: ThreadOptions): string[] {
  const search =
    thread.webSearchMode ?? (thread.webSearchEnabled === undefined ? undefined : searchMode(thread.webSearchEnabled));
  return configOverrides({
    ...(thread.modelReasoningEffort && { model_reasoning_effort: thread.modelReasoningEffort }),
    ...(thread.networkAccessEnabled !== undefined && {
      sandbox_workspace_write: { network_access: thread.networkAccessEnabled },
    }),
    ...(search && { web_search: search }),
    ...(thread.approvalPolicy && { approval_policy: thread.approvalPolicy }),
  });
}

const searchMode = (enabled: boolean): "live" | "disabled" => (enabled ? "live" : "disabled");

const option = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value]);
