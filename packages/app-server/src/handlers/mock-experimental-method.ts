import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** For clients to try whether they have opted in. */
export const mockExperimentalMethod: Handler<"mock/experimentalMethod"> = async ({ value }) =>
  ok({ echoed: value ?? null });
