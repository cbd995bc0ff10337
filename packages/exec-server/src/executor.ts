import type { Environment } from "@codex/platform/env";
import type { Fetch } from "@codex/platform/fetch";
import type { Launcher } from "@codex/sandbox/launcher";
import type { EnvironmentInfo } from "./environment-info.ts";
import type { Sessions } from "./session.ts";

/** What the service works with; made once. */
export type Executor = {
  readonly info: EnvironmentInfo;
  /** What processes inherit where a client's policy says so. */
  readonly env: Environment;
  /** Confines what a client wants confined. */
  readonly launcher: Launcher;
  /** The words that start this program as the helper that works on files inside a sandbox, and the file that it is. */
  readonly fileHelper: { readonly argv: readonly string[]; readonly reads: readonly string[] };
  readonly http: {
    readonly fetch: Fetch;
    readonly userAgent: string;
    /** PEM file to trust besides the built-in authorities. */
    readonly authorityFile: string | undefined;
  };
  readonly sessions: Sessions;
  log(message: string): void;
};
