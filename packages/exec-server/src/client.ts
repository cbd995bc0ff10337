import type { Executor } from "./executor.ts";
import type { FileHandles } from "./files/file-handles.ts";
import type { MissingWatch } from "./files/missing-watch.ts";
import type { Listener, Session } from "./session.ts";

/** One line to a client. What belongs to it ends with it; what belongs to its session may be taken up again. */
export type Client = Listener & {
  readonly executor: Executor;
  /** Undefined before `initialize`. */
  session: Session | undefined;
  /** `initialized` has come. */
  ready: boolean;
  readonly handles: FileHandles;
  readonly missing: MissingWatch;
  /** Ids of HTTP requests whose bodies are being passed on. */
  readonly streams: Set<string>;
  /** Aborted when the client has left. */
  readonly gone: AbortSignal;
};
