import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Experimental, Nullable, OrNull, Words } from "../schema.ts";
import { PlanType } from "../values.ts";

export const Account = T.Union(
  [
    T.Object({ type: T.Literal("apiKey") }),
    T.Object({
      type: T.Literal("chatgpt"),
      email: OrNull(T.String()),
      planType: PlanType,
      workspaceName: Nullable(T.String()),
    }),
    T.Object({ type: T.Literal("amazonBedrock"), usesCodexManagedCredentials: Defaulted(T.Boolean(), false) }),
    T.Object({ type: T.Literal("gcp") }),
  ],
  { title: "Account" },
);
export type Account = Static<typeof Account>;

export const AccountRoutingOverride = Words(["NO_CONSTRAINT", "us", "us_cr"], { title: "AccountRoutingOverride" });
export type AccountRoutingOverride = Static<typeof AccountRoutingOverride>;

export const Params = T.Object({ refreshToken: T.Optional(T.Boolean()) }, { title: "GetAccountParams" });
export type Params = Static<typeof Params>;

export const WorkspaceRouting = T.Object(
  { chatgptAccountId: T.String(), backendOrigin: T.String(), accountRoutingOverride: AccountRoutingOverride },
  { title: "WorkspaceRouting" },
);
export type WorkspaceRouting = Static<typeof WorkspaceRouting>;

export const Result = T.Object(
  {
    account: Nullable(Account),
    userId: Nullable(T.String()),
    requiresOpenaiAuth: T.Boolean(),
    workspaceRouting: Experimental(Nullable(WorkspaceRouting)),
    /** Ours. Somebody is signed in, and has to sign in anew. */
    needsLogin: T.Optional(T.Object({ reason: T.String() })),
  },
  { title: "GetAccountResponse" },
);
export type Result = Static<typeof Result>;
