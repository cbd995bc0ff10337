import type { Method, MethodResult, Params } from "@codex/protocol/methods";
import type { Result } from "@codex/protocol/result";
import type { Connection } from "./connection.ts";
import type { AppServer } from "./server.ts";

/** Answers one method: checked params in, a result or an error of the table out. */
export type Handler<M extends Method> = (
  params: Params<M>,
  context: { server: AppServer; connection: Connection },
) => Promise<Result<MethodResult<M>>>;
