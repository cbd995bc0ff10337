import { fail } from "@codex/protocol/errors";
import { readValue } from "@codex/protocol/read-value";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Client } from "./client.ts";
import type { Method, Order } from "./method.ts";
import { methods } from "./methods.ts";

/** `run` never rejects: a bug becomes an error. */
type FoundCall = { readonly order: Order; run(answered: Promise<void>): Promise<Result<unknown>> };

/** In the original's order: what is wrong with the params comes before the handshake that is missing. */
export function findCall(name: string, params: unknown, client: Client): Result<FoundCall> {
  const method = methods.get(name);
  if (!method) return err(fail("noSuchMethod", name));
  const { family, order } = method;
  const read = readValue(method.params, params ?? null);
  if (!read.ok) return err(fail("invalidParams", read.error));
  if (!client.session) {
    return err(fail("refusedParams", `client must call initialize before using ${family} methods`));
  }
  if (!client.ready) return err(fail("refusedParams", `client must send initialized before using ${family} methods`));
  return ok({ order, run: (answered) => call(method, read.value, client, answered) });
}

async function call(
  method: Method,
  params: unknown,
  client: Client,
  answered: Promise<void>,
): Promise<Result<unknown>> {
  try {
    return await method.handle(params as never, { client, answered });
  } catch (error) {
    return err(fail("internal", error instanceof Error ? error.message : String(error)));
  }
}
