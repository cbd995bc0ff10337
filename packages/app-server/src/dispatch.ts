import { fail, type CodexError } from "@codex/protocol/errors";
import { findExperimental } from "@codex/protocol/find-experimental";
import { isMethod, schemas, type Method, type MethodResult, type Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Connection } from "./connection.ts";
import { loadHandler } from "./handlers.ts";
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
    const refused = refuse(connection, method);
    if (refused) return async () => err(refused);
    const read = connection.checksParams ? await readParams(connection, method, params) : ok(params);
    if (!read.ok) return async () => read;
    const load = loadHandler(method);
    if (!load) {
      const why = await unavailability(method);
      return async () => err(why);
    }
    const handle = await load();
    return async () => {
      try {
        return await handle(read.value, { server, connection });
      } catch (error) {
        return err(bug(error));
      }
    };
  } catch (error) {
    return async () => err(bug(error));
  }
}

function refuse(connection: Connection, method: Method): CodexError | undefined {
  if (!isMethod(method)) return fail("invalidRequest", `unknown variant \`${String(method)}\``);
  return !connection.client && method !== "initialize" ? fail("notInitialized") : undefined;
}

const bug = (error: unknown): CodexError => fail("internal", error instanceof Error ? error.message : String(error));

/** The params as the method's schema reads them, with absent fields filled in. */
async function readParams<M extends Method>(
  connection: Connection,
  method: M,
  params: unknown,
): Promise<Result<Params<M>>> {
  const [{ Params: schema }, { readValue }] = await Promise.all([
    schemas[method](),
    import("@codex/protocol/read-value"),
  ]);
  const read = readValue(schema, params);
  if (read.ok) {
    const experimental = connection.experimentalApi ? undefined : findExperimental(method, schema, params);
    return experimental === undefined ? ok(read.value as Params<M>) : err(fail("needsExperimentalApi", experimental));
  }
  const isNone = params === undefined || params === null;
  return err(fail("invalidRequest", isNone ? "missing field `params`" : read.error));
}

/** The table of what is not there is loaded when it is needed only. */
async function unavailability(method: Method): Promise<CodexError> {
  const { reasons, unavailable } = await import("./unavailable-methods.ts");
  const reason = method in unavailable ? unavailable[method as keyof typeof unavailable] : "notYet";
  return fail("methodUnavailable", method, reasons[reason]);
}
