import { Type as T, type Static } from "@sinclair/typebox";
import { GatewayOAuthStatus } from "../accounts.ts";
import { RateLimitSnapshot } from "../rate-limits.ts";
import { remoteControlState } from "../remote-control.ts";
import { Nullable, Words } from "../schema.ts";
import { AuthMode, PlanType } from "../values.ts";

export const DesktopOnboardingEntrypoint = Words(["life_sciences"], { title: "DesktopOnboardingEntrypoint" });
export type DesktopOnboardingEntrypoint = Static<typeof DesktopOnboardingEntrypoint>;

export const AccountLoginCompletedNotification = T.Object(
  {
    loginId: Nullable(T.String()),
    success: T.Boolean(),
    error: Nullable(T.String()),
    onboardingEntrypoint: Nullable(DesktopOnboardingEntrypoint),
  },
  { title: "AccountLoginCompletedNotification" },
);
export type AccountLoginCompletedNotification = Static<typeof AccountLoginCompletedNotification>;

export const AccountRateLimitsUpdatedNotification = T.Object(
  { rateLimits: RateLimitSnapshot },
  { title: "AccountRateLimitsUpdatedNotification" },
);
export type AccountRateLimitsUpdatedNotification = Static<typeof AccountRateLimitsUpdatedNotification>;

export const AccountUpdatedNotification = T.Object(
  { authMode: Nullable(AuthMode), planType: Nullable(PlanType) },
  { title: "AccountUpdatedNotification" },
);
export type AccountUpdatedNotification = Static<typeof AccountUpdatedNotification>;

export const GatewayOAuthChangedNotification = T.Object(
  {
    loginId: Nullable(T.String()),
    authUrl: Nullable(T.String()),
    providerId: T.String(),
    status: GatewayOAuthStatus,
    error: Nullable(T.String()),
  },
  { title: "GatewayOAuthChangedNotification" },
);
export type GatewayOAuthChangedNotification = Static<typeof GatewayOAuthChangedNotification>;

export const RemoteControlStatusChangedNotification = T.Object(remoteControlState, {
  title: "RemoteControlStatusChangedNotification",
});
export type RemoteControlStatusChangedNotification = Static<typeof RemoteControlStatusChangedNotification>;
