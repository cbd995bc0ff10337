import { fail, type CodexError } from "@codex/protocol/errors";
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
  const call = await prepareCall(server, connection, method, params);
  return call();
}

/** The first half of `dispatch`: everything but the call, so that calls can be made in the order in which they came. */
export async function prepareCall<M extends Method>(
  server: AppServer,
  connection: Connection,
  method: M,
  params: Params<M>,
): Promise<() => Promise<Result<MethodResult<M>>>> {
  try {
    const refused = await refuse(connection, method, params);
    if (refused) return async () => err(refused);
    const handle: Handler<M> = await handlers[method]();
    return async () => {
      try {
        return await handle(params, { server, connection });
      } catch (error) {
        return err(bug(error));
      }
    };
  } catch (error) {
    return async () => err(bug(error));
  }
}

async function refuse(connection: Connection, method: Method, params: unknown): Promise<CodexError | undefined> {
  if (!isMethod(method)) return fail("invalidRequest", `unknown variant \`${String(method)}\``);
  if (!connection.client && method !== "initialize") return fail("notInitialized");
  const problem = connection.checksParams ? await paramsProblem(method, params) : undefined;
  return problem === undefined ? undefined : fail("invalidRequest", problem);
}

const bug = (error: unknown): CodexError => fail("internal", error instanceof Error ? error.message : String(error));

async function paramsProblem(method: Method, params: unknown): Promise<string | undefined> {
  const [{ Params: schema }, { Value }] = await Promise.all([schemas[method](), import("@sinclair/typebox/value")]);
  if (Value.Check(schema, params)) return undefined;
  if (params === undefined || params === null) return "missing field `params`";
  const first = Value.Errors(schema, params).First();
  const field = first?.path.slice(1).replaceAll("/", ".") ?? "";
  return first?.value === undefined ? `missing field \`${field}\`` : `${first.message} at \`${field}\``;
}
