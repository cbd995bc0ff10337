import { Type as T, type Static } from "@sinclair/typebox";
import { NoParams, Nullable } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const AccountSecuritySetupAction = T.Object(
  { label: T.String(), url: T.String() },
  { title: "AccountSecuritySetupAction" },
);
export type AccountSecuritySetupAction = Static<typeof AccountSecuritySetupAction>;

export const AccountSecuritySetupNotice = T.Object(
  {
    accountId: T.String(),
    userId: T.String(),
    title: T.String(),
    description: T.String(),
    action: AccountSecuritySetupAction,
  },
  { title: "AccountSecuritySetupNotice" },
);
export type AccountSecuritySetupNotice = Static<typeof AccountSecuritySetupNotice>;

export const Result = T.Object(
  { notice: Nullable(AccountSecuritySetupNotice) },
  { title: "GetAccountSecuritySetupResponse" },
);
export type Result = Static<typeof Result>;
