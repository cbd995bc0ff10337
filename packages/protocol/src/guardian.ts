import { type Static } from "@sinclair/typebox";
import { Words } from "./schema.ts";

export const GuardianRiskLevel = Words(["low", "medium", "high", "critical"], { title: "GuardianRiskLevel" });
export type GuardianRiskLevel = Static<typeof GuardianRiskLevel>;

export const GuardianUserAuthorization = Words(["unknown", "low", "medium", "high"], {
  title: "GuardianUserAuthorization",
});
export type GuardianUserAuthorization = Static<typeof GuardianUserAuthorization>;
