import { ok } from "@codex/protocol/result";
import { logOut } from "../account/log-out.ts";
import type { Handler } from "../handler.ts";

/** Signs out, whoever is signed in. */
export const accountLogout: Handler<"account/logout"> = async (_params, { server, connection }) => {
  const out = await logOut(server, connection);
  return out.ok ? ok({}) : out;
};
