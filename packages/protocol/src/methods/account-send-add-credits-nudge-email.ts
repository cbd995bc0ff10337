import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "../schema.ts";

export const AddCreditsNudgeCreditType = Words(["credits", "usage_limit"], { title: "AddCreditsNudgeCreditType" });
export type AddCreditsNudgeCreditType = Static<typeof AddCreditsNudgeCreditType>;

export const AddCreditsNudgeEmailStatus = Words(["sent", "cooldown_active"], { title: "AddCreditsNudgeEmailStatus" });
export type AddCreditsNudgeEmailStatus = Static<typeof AddCreditsNudgeEmailStatus>;

export const Params = T.Object({ creditType: AddCreditsNudgeCreditType }, { title: "SendAddCreditsNudgeEmailParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ status: AddCreditsNudgeEmailStatus }, { title: "SendAddCreditsNudgeEmailResponse" });
export type Result = Static<typeof Result>;
