import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64, Nullable, Words } from "./schema.ts";

export const AccountSessionWorkspaceKind = Words(["personal", "workspace"], { title: "AccountSessionWorkspaceKind" });
export type AccountSessionWorkspaceKind = Static<typeof AccountSessionWorkspaceKind>;

export const AccountSessionWorkspace = T.Object(
  {
    accountId: T.String(),
    name: Nullable(T.String()),
    imageUrl: Nullable(T.String()),
    kind: Nullable(AccountSessionWorkspaceKind),
  },
  { title: "AccountSessionWorkspace" },
);
export type AccountSessionWorkspace = Static<typeof AccountSessionWorkspace>;

export const AccountSession = T.Object(
  {
    sessionId: T.String(),
    email: Nullable(T.String()),
    userId: Nullable(T.String()),
    displayName: Nullable(T.String()),
    imageUrl: Nullable(T.String()),
    lastUsedAt: BigInt64,
    isActive: T.Boolean(),
    selectedWorkspaceAccountId: Nullable(T.String()),
    workspaces: T.Array(AccountSessionWorkspace),
  },
  { title: "AccountSession" },
);
export type AccountSession = Static<typeof AccountSession>;

export const GatewayOAuthStatus = Words(["notReady", "started", "succeeded", "failed"], {
  title: "GatewayOAuthStatus",
});
export type GatewayOAuthStatus = Static<typeof GatewayOAuthStatus>;
