/** A value of config.toml. */
export type CodexConfigValue = string | number | boolean | CodexConfigValue[] | CodexConfigObject;
export type CodexConfigObject = { [key: string]: CodexConfigValue };

/** How the program is found and started; the same for all threads of a `Codex`. */
export type CodexOptions = {
  /** The program to run. Without it: `CODEX_PATH`, the workspace's own build, `codex` on the PATH. */
  codexPathOverride?: string;
  /** Where requests to the built-in OpenAI provider go. */
  baseUrl?: string;
  /** Handed to the program as `CODEX_API_KEY`. */
  apiKey?: string;
  /** Settings over those of config.toml. Nested objects join the tables of the file, key by key. */
  config?: CodexConfigObject;
  /** Settings as the command line takes them, `key.path=TOML`; they win over `config`. */
  configOverrides?: string[];
  /** The whole environment of the program, in place of this process's. */
  env?: Record<string, string>;
};

export type ApprovalMode = "never" | "on-request" | "on-failure" | "untrusted";
export type SandboxMode = "read-only" | "workspace-write" | "danger-full-access";
export type ModelReasoningEffort = "minimal" | "low" | "medium" | "high" | "xhigh" | "max" | "ultra" | "persistent";
export type WebSearchMode = "disabled" | "cached" | "live";
export type CyberAccessProgram = "standard" | "daybreak_blue" | "daybreak_red";

/** What holds for every turn of a thread. What is left out is as config.toml has it. */
export type ThreadOptions = {
  model?: string;
  modelReasoningEffort?: ModelReasoningEffort;
  /** Where the agent works; this process's folder when absent. */
  workingDirectory?: string;
  /** Works in a folder that is in no Git repository, too. */
  skipGitRepoCheck?: boolean;
  /** What commands of the model may do. */
  sandboxMode?: SandboxMode;
  /** Folders that may be written beside the working directory. */
  additionalDirectories?: string[];
  /** Whether commands in the `workspace-write` sandbox reach the network. */
  networkAccessEnabled?: boolean;
  approvalPolicy?: ApprovalMode;
  webSearchMode?: WebSearchMode;
  /** True is `live`, false is `disabled`; `webSearchMode` wins. */
  webSearchEnabled?: boolean;
  /** A label that is recorded when the thread is created. */
  threadSource?: string;
};

/** What holds for one turn. */
export type TurnOptions = {
  /** A JSON Schema, as an object, that the last message has to follow. */
  outputSchema?: unknown;
  /** Ends the turn, its program and the commands that run in it. */
  signal?: AbortSignal;
  /** OpenAI's provider only. */
  cyberAccessProgram?: CyberAccessProgram;
};
