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
    if (!isMethod(method)) return await prepareStranger(server, connection, method, params);
    const read = await readRequest(connection, method, params);
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

/** A method of older clients, or nobody's. */
async function prepareStranger(
  server: AppServer,
  connection: Connection,
  method: string,
  params: unknown,
): Promise<() => Promise<Result<never>>> {
  const { retiredCall } = await import("./account/retired-methods.ts");
  const call = retiredCall(server, connection, method, params);
  if (!call) return async () => err(fail("invalidRequest", `unknown variant \`${method}\``));
  return async () => {
    try {
      return (await call()) as Result<never>;
    } catch (error) {
      return err(bug(error));
    }
  };
}

const bug = (error: unknown): CodexError => fail("internal", error instanceof Error ? error.message : String(error));

/** The params as the method's schema reads them, with absent fields filled in; else the first thing that is wrong, in the original's order. */
async function readRequest<M extends Method>(
  connection: Connection,
  method: M,
  params: Params<M>,
): Promise<Result<Params<M>>> {
  const stranger = !connection.client && method !== "initialize";
  if (!connection.checksParams) return stranger ? err(fail("notInitialized")) : ok(params);
  const [{ Params: schema }, { readValue }] = await Promise.all([
    schemas[method](),
    import("@codex/protocol/read-value"),
  ]);
  const read = readValue(schema, params);
  if (!read.ok) {
    const isNone = params === undefined || params === null;
    return err(fail("invalidRequest", isNone ? "missing field `params`" : read.error));
  }
  if (stranger) return err(fail("notInitialized"));
  const experimental = connection.experimentalApi ? undefined : findExperimental(method, schema, params);
  return experimental === undefined ? ok(read.value as Params<M>) : err(fail("needsExperimentalApi", experimental));
}

/** The table of what is not there is loaded when it is needed only. */
async function unavailability(method: Method): Promise<CodexError> {
  const [{ reasons }, { unavailable }] = await Promise.all([
    import("./unavailable-reasons.ts"),
    import("./unavailable-methods.ts"),
  ]);
  const reason = method in unavailable ? unavailable[method as keyof typeof unavailable] : "notYet";
  return fail("methodUnavailable", method, reasons[reason]);
}
