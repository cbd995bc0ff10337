import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Words } from "../schema.ts";

export const EnvironmentStatusKind = Words(["ready", "pending", "disconnected", "unknown"], {
  title: "EnvironmentStatusKind",
});
export type EnvironmentStatusKind = Static<typeof EnvironmentStatusKind>;

export const Params = T.Object({ environmentId: T.String() }, { title: "EnvironmentStatusParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { status: EnvironmentStatusKind, error: Lenient(T.String()) },
  { title: "EnvironmentStatusResponse" },
);
export type Result = Static<typeof Result>;
