import type { Params } from "@codex/protocol/methods";

/** What `codex exec` was asked to do, after argv and config have been read. */
export type ExecOptions = {
  readonly session: SessionChoice;
  /** What a session that is gone on with runs with now, in place of what it ran with before. */
  readonly settings: Pick<
    Params<"thread/resume">,
    "model" | "serviceTier" | "approvalsReviewer" | "sandbox" | "permissions" | "config"
  >;
  /** The same for a new session, where the server has not read the command line itself. */
  readonly settingsOfNew?: Pick<Params<"thread/start">, "model" | "approvalsReviewer" | "sandbox" | "config">;
  /** Absolute paths of images. */
  readonly images: readonly string[];
  /** Absolute; the working root. */
  readonly cwd: string;
  /** Absolute; further folders that may be written. */
  readonly addedRoots: readonly string[];
  /** A model answers in the user's place what would otherwise be refused unasked. */
  readonly reviewed: boolean;
  readonly ephemeral: boolean;
  readonly threadSource: string | undefined;
  /** The schema the last message must follow, already read. */
  readonly outputSchema: unknown;
  /** Absolute; where the last message is written. */
  readonly lastMessageFile: string | undefined;
  readonly output: "human" | "json";
  /** What was asked for and an administrator decided otherwise, in sentences; with `json` programs are told. */
  readonly fallbacks?: readonly string[];
  /** Whether the human output may use colour. */
  readonly color: boolean;
  readonly hideReasoning: boolean;
  readonly showRawReasoning: boolean;
  /** Shown in the banner: the effort that is sent where none was chosen, and the summaries asked for. */
  readonly reasoningEffort: string;
  readonly reasoningSummary: string;
  readonly version: string;
};

export type SessionChoice =
  | { type: "new" }
  /** By id or name; without one, the newest (of `cwd`, or of all folders). */
  | { type: "resume"; session: string | undefined; allFolders: boolean }
  | { type: "fork"; session: string };

/** Where `exec` writes and reads. */
export type ExecIo = {
  /** One whole line or text; returns when it is written, or why it could not be: "broken pipe" where the reader has gone. */
  out(text: string): string | undefined;
  err(text: string): string | undefined;
  /** Both standard output and standard error are terminals, so that the last message need not be said twice. */
  readonly sameScreen: boolean;
  writeFile(path: string, text: string): Promise<string | undefined>;
  /** Calls back at the first SIGINT or SIGTERM until the returned function is called. */
  onSignal(listener: (signal: "SIGINT" | "SIGTERM") => void): () => void;
};
