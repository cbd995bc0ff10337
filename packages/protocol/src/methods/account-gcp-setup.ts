import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { projectId: T.String(), location: OptionalNull(T.String()), credentialFile: OptionalNull(T.String()) },
  { title: "GcpSetupParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "GcpSetupResponse" });
export type Result = Static<typeof Result>;
