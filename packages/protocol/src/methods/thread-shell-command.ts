import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { threadId: T.String(), command: T.String(), timeoutMs: OptionalNull(Int64) },
  { title: "ThreadShellCommandParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadShellCommandResponse" });
export type Result = Static<typeof Result>;
