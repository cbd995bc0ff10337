import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "../schema.ts";

export const Params = T.Object({ loginId: T.String() }, { title: "CancelLoginAccountParams" });
export type Params = Static<typeof Params>;

export const CancelLoginAccountStatus = Words(["canceled", "notFound"], { title: "CancelLoginAccountStatus" });
export type CancelLoginAccountStatus = Static<typeof CancelLoginAccountStatus>;

export const Result = T.Object({ status: CancelLoginAccountStatus }, { title: "CancelLoginAccountResponse" });
export type Result = Static<typeof Result>;
