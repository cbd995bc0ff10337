import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const userVerificationStatus: Handler<"userVerification/status"> = async () =>
  ok({
    credentialId: null,
    unavailableReason: "providerUnavailable",
    unavailableMessage: "This version of Codex does not verify users.",
  });
