import { Type as T, type Static } from "@sinclair/typebox";
import { NoParams, Words } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const WindowsSandboxReadiness = Words(["ready", "notConfigured", "updateRequired"], {
  title: "WindowsSandboxReadiness",
});
export type WindowsSandboxReadiness = Static<typeof WindowsSandboxReadiness>;

export const Result = T.Object({ status: WindowsSandboxReadiness }, { title: "WindowsSandboxReadinessResponse" });
export type Result = Static<typeof Result>;
