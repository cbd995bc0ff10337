import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { processHandle: T.String(), deltaBase64: OptionalNull(T.String()), closeStdin: T.Optional(T.Boolean()) },
  { title: "ProcessWriteStdinParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ProcessWriteStdinResponse" });
export type Result = Static<typeof Result>;
