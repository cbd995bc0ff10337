import { fail } from "@codex/protocol/errors";
import { isMethod, schemas, type Method, type MethodResult, type Params } from "@codex/protocol/methods";
import { err, type Result } from "@codex/protocol/result";
import type { Connection } from "./connection.ts";
import type { Handler } from "./handler.ts";
import { handlers } from "./handlers.ts";
import type { AppServer } from "./server.ts";

/** Finds the method, checks its params, calls its one handler. Never rejects: a bug becomes an internal error. */
export async function dispatch<M extends Method>(
  server: AppServer,
  connection: Connection,
  method: M,
  params: Params<M>,
): Promise<Result<MethodResult<M>>> {
  if (!isMethod(method)) return err(fail("invalidRequest", `unknown variant \`${String(method)}\``));
  if (!connection.client && method !== "initialize") return err(fail("notInitialized"));
  try {
    const problem = connection.checksParams ? await paramsProblem(method, params) : undefined;
    if (problem !== undefined) return err(fail("invalidRequest", problem));
    const handle: Handler<M> = await handlers[method]();
    return await handle(params, { server, connection });
  } catch (error) {
    return err(fail("internal", error instanceof Error ? error.message : String(error)));
  }
}

async function paramsProblem(method: Method, params: unknown): Promise<string | undefined> {
  const [{ Params: schema }, { Value }] = await Promise.all([schemas[method](), import("@sinclair/typebox/value")]);
  if (Value.Check(schema, params)) return undefined;
  if (params === undefined || params === null) return "missing field `params`";
  const first = Value.Errors(schema, params).First();
  const field = first?.path.slice(1).replaceAll("/", ".") ?? "";
  return first?.value === undefined ? `missing field \`${field}\`` : `${first.message} at \`${field}\``;
}
