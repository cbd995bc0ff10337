import { ok } from "@codex/protocol/result";
import { Type as T } from "@sinclair/typebox";
import { defineMethod } from "../method.ts";

const Nothing = T.Unknown();

export const environmentInfo = defineMethod(
  "environment info",
  Nothing,
  { type: "none" },
  async (_params, { client }) => ok(client.executor.info),
);

export const environmentStatus = defineMethod("environment status", Nothing, { type: "none" }, async () =>
  ok({ status: "ready" }),
);
