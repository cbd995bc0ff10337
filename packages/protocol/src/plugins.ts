import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Int64, Nullable, Words } from "./schema.ts";
import { AbsolutePathBuf } from "./values.ts";

export const AppSummary = T.Object(
  {
    id: T.String(),
    name: T.String(),
    description: Nullable(T.String()),
    installUrl: Nullable(T.String()),
    category: Nullable(T.String()),
  },
  { title: "AppSummary" },
);
export type AppSummary = Static<typeof AppSummary>;

export const MarketplaceInterface = T.Object({ displayName: Nullable(T.String()) }, { title: "MarketplaceInterface" });
export type MarketplaceInterface = Static<typeof MarketplaceInterface>;

export const MarketplaceLoadErrorInfo = T.Object(
  { marketplacePath: AbsolutePathBuf, message: T.String() },
  { title: "MarketplaceLoadErrorInfo" },
);
export type MarketplaceLoadErrorInfo = Static<typeof MarketplaceLoadErrorInfo>;

export const PluginAuthPolicy = Words(["ON_INSTALL", "ON_USE"], { title: "PluginAuthPolicy" });
export type PluginAuthPolicy = Static<typeof PluginAuthPolicy>;

export const PluginAvailability = Words(["AVAILABLE", "DISABLED_BY_ADMIN"], { title: "PluginAvailability" });
export type PluginAvailability = Static<typeof PluginAvailability>;

export const PluginDisabledReason = Words(
  ["disabled_by_admin", "plan_not_eligible", "required_app_unavailable", "unknown"],
  { title: "PluginDisabledReason" },
);
export type PluginDisabledReason = Static<typeof PluginDisabledReason>;

export const PluginInstallPolicy = Words(["NOT_AVAILABLE", "AVAILABLE", "INSTALLED_BY_DEFAULT"], {
  title: "PluginInstallPolicy",
});
export type PluginInstallPolicy = Static<typeof PluginInstallPolicy>;

export const PluginInstallPolicySource = Words(["WORKSPACE_SETTING", "IMPLICIT_CANONICAL_APP"], {
  title: "PluginInstallPolicySource",
});
export type PluginInstallPolicySource = Static<typeof PluginInstallPolicySource>;

export const PluginInterface = T.Object(
  {
    displayName: Nullable(T.String()),
    shortDescription: Nullable(T.String()),
    longDescription: Nullable(T.String()),
    developerName: Nullable(T.String()),
    category: Nullable(T.String()),
    capabilities: T.Array(T.String()),
    websiteUrl: Nullable(T.String()),
    privacyPolicyUrl: Nullable(T.String()),
    termsOfServiceUrl: Nullable(T.String()),
    defaultPrompt: Nullable(T.Array(T.String())),
    brandColor: Nullable(T.String()),
    composerIcon: Nullable(AbsolutePathBuf),
    composerIconUrl: Nullable(T.String()),
    logo: Nullable(AbsolutePathBuf),
    logoDark: Nullable(AbsolutePathBuf),
    logoUrl: Nullable(T.String()),
    logoUrlDark: Nullable(T.String()),
    screenshots: T.Array(AbsolutePathBuf),
    screenshotUrls: T.Array(T.String()),
  },
  { title: "PluginInterface" },
);
export type PluginInterface = Static<typeof PluginInterface>;

export const PluginShareDiscoverability = Words(["LISTED", "UNLISTED", "PRIVATE"], {
  title: "PluginShareDiscoverability",
});
export type PluginShareDiscoverability = Static<typeof PluginShareDiscoverability>;

export const PluginSharePrincipalType = Words(["user", "group", "workspace"], { title: "PluginSharePrincipalType" });
export type PluginSharePrincipalType = Static<typeof PluginSharePrincipalType>;

export const PluginSharePrincipalRole = Words(["reader", "editor", "owner"], { title: "PluginSharePrincipalRole" });
export type PluginSharePrincipalRole = Static<typeof PluginSharePrincipalRole>;

export const PluginSharePrincipal = T.Object(
  {
    principalType: PluginSharePrincipalType,
    principalId: T.String(),
    role: PluginSharePrincipalRole,
    name: T.String(),
  },
  { title: "PluginSharePrincipal" },
);
export type PluginSharePrincipal = Static<typeof PluginSharePrincipal>;

export const PluginShareContext = T.Object(
  {
    remotePluginId: T.String(),
    remoteVersion: Nullable(T.String()),
    discoverability: Nullable(PluginShareDiscoverability),
    shareUrl: Nullable(T.String()),
    creatorAccountUserId: Nullable(T.String()),
    creatorName: Nullable(T.String()),
    sharePrincipals: Nullable(T.Array(PluginSharePrincipal)),
    canPublishToWorkspace: Nullable(T.Boolean()),
  },
  { title: "PluginShareContext" },
);
export type PluginShareContext = Static<typeof PluginShareContext>;

export const PluginSource = T.Union(
  [
    T.Object({ type: T.Literal("local"), path: AbsolutePathBuf }),
    T.Object({
      type: T.Literal("git"),
      url: T.String(),
      path: Nullable(T.String()),
      refName: Nullable(T.String()),
      sha: Nullable(T.String()),
    }),
    T.Object({
      type: T.Literal("npm"),
      package: T.String(),
      version: Nullable(T.String()),
      registry: Nullable(T.String()),
    }),
    T.Object({ type: T.Literal("remote") }),
  ],
  { title: "PluginSource" },
);
export type PluginSource = Static<typeof PluginSource>;

export const PluginSummary = T.Object(
  {
    id: T.String(),
    remotePluginId: Nullable(T.String()),
    version: Nullable(T.String()),
    localVersion: Nullable(T.String()),
    name: T.String(),
    shareContext: Nullable(PluginShareContext),
    source: PluginSource,
    installed: T.Boolean(),
    installedAt: Nullable(Int64),
    enabled: T.Boolean(),
    installPolicy: PluginInstallPolicy,
    installPolicySource: Nullable(PluginInstallPolicySource),
    mustShowInstallationInterstitial: Nullable(T.Boolean()),
    authPolicy: PluginAuthPolicy,
    availability: Defaulted(PluginAvailability, "AVAILABLE"),
    disabledReason: Nullable(PluginDisabledReason),
    eligiblePlanTypes: Nullable(T.Array(T.String())),
    interface: Nullable(PluginInterface),
    keywords: Defaulted(T.Array(T.String()), []),
  },
  { title: "PluginSummary" },
);
export type PluginSummary = Static<typeof PluginSummary>;

export const PluginMarketplaceEntry = T.Object(
  {
    name: T.String(),
    path: Nullable(AbsolutePathBuf),
    interface: Nullable(MarketplaceInterface),
    plugins: T.Array(PluginSummary),
  },
  { title: "PluginMarketplaceEntry" },
);
export type PluginMarketplaceEntry = Static<typeof PluginMarketplaceEntry>;

export const PluginShareTargetRole = Words(["reader", "editor"], { title: "PluginShareTargetRole" });
export type PluginShareTargetRole = Static<typeof PluginShareTargetRole>;

export const PluginShareTarget = T.Object(
  { principalType: PluginSharePrincipalType, principalId: T.String(), role: PluginShareTargetRole },
  { title: "PluginShareTarget" },
);
export type PluginShareTarget = Static<typeof PluginShareTarget>;

export const PluginsMigration = T.Object(
  { marketplaceName: T.String(), pluginNames: T.Array(T.String()) },
  { title: "PluginsMigration" },
);
export type PluginsMigration = Static<typeof PluginsMigration>;
