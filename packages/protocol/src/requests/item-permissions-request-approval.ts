import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Int64, Lenient, Nullable, Words } from "../schema.ts";
import {
  AdditionalFileSystemPermissions,
  AdditionalNetworkPermissions,
  RequestPermissionProfile,
} from "../permissions.ts";
import { LegacyAppPathString } from "../values.ts";

export const GrantedPermissionProfile = T.Object(
  { network: Lenient(AdditionalNetworkPermissions), fileSystem: Lenient(AdditionalFileSystemPermissions) },
  { title: "GrantedPermissionProfile" },
);
export type GrantedPermissionProfile = Static<typeof GrantedPermissionProfile>;

export const PermissionGrantScope = Words(["turn", "session"], { title: "PermissionGrantScope" });
export type PermissionGrantScope = Static<typeof PermissionGrantScope>;

export const Params = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    itemId: T.String(),
    environmentId: Nullable(T.String()),
    startedAtMs: Int64,
    cwd: LegacyAppPathString,
    reason: Nullable(T.String()),
    permissions: RequestPermissionProfile,
  },
  { title: "PermissionsRequestApprovalParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    permissions: GrantedPermissionProfile,
    scope: Defaulted(PermissionGrantScope, "turn"),
    strictAutoReview: Lenient(T.Boolean()),
  },
  { title: "PermissionsRequestApprovalResponse" },
);
export type Result = Static<typeof Result>;
