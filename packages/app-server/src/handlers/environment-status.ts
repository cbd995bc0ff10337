import { fail } from "@codex/protocol/errors";
import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const environmentStatus: Handler<"environment/status"> = async ({ environmentId }) =>
  ok(
    environmentId === "local"
      ? { status: "ready" }
      : { status: "unknown", error: fail("unknownEnvironment", environmentId).message },
  );
