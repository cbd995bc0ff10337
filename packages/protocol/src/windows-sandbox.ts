import { type Static } from "@sinclair/typebox";
import { Words } from "./schema.ts";

export const WindowsSandboxSetupMode = Words(["elevated", "unelevated"], { title: "WindowsSandboxSetupMode" });
export type WindowsSandboxSetupMode = Static<typeof WindowsSandboxSetupMode>;
