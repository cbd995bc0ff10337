import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** Gives up a sign-in that waits for its person. */
export const accountLoginCancel: Handler<"account/login/cancel"> = async ({ loginId }, { server }) => {
  if (!isUuid(loginId)) return err(fail("loginRefused", `invalid login id: ${loginId}`));
  const { signIns } = await server.accounts();
  return ok({ status: signIns.cancel(loginId) ? "canceled" : "notFound" });
};
