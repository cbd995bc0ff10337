import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Nullable } from "./schema.ts";

export const AppBranding = T.Object(
  {
    category: Nullable(T.String()),
    developer: Nullable(T.String()),
    website: Nullable(T.String()),
    privacyPolicy: Nullable(T.String()),
    termsOfService: Nullable(T.String()),
    isDiscoverableApp: T.Boolean(),
  },
  { title: "AppBranding" },
);
export type AppBranding = Static<typeof AppBranding>;

export const AppReview = T.Object({ status: T.String() }, { title: "AppReview" });
export type AppReview = Static<typeof AppReview>;

export const AppScreenshot = T.Object(
  { url: Nullable(T.String()), fileId: Nullable(T.String()), userPrompt: T.String() },
  { title: "AppScreenshot" },
);
export type AppScreenshot = Static<typeof AppScreenshot>;

export const AppMetadata = T.Object(
  {
    review: Nullable(AppReview),
    categories: Nullable(T.Array(T.String())),
    subCategories: Nullable(T.Array(T.String())),
    seoDescription: Nullable(T.String()),
    screenshots: Nullable(T.Array(AppScreenshot)),
    developer: Nullable(T.String()),
    version: Nullable(T.String()),
    versionId: Nullable(T.String()),
    versionNotes: Nullable(T.String()),
    firstPartyRequiresInstall: Nullable(T.Boolean()),
    showInComposerWhenUnlinked: Nullable(T.Boolean()),
  },
  { title: "AppMetadata" },
);
export type AppMetadata = Static<typeof AppMetadata>;

export const AppInfo = T.Object(
  {
    id: T.String(),
    name: T.String(),
    description: Nullable(T.String()),
    logoUrl: Nullable(T.String()),
    logoUrlDark: Nullable(T.String()),
    iconAssets: Nullable(T.Record(T.String(), T.String())),
    iconDarkAssets: Nullable(T.Record(T.String(), T.String())),
    distributionChannel: Nullable(T.String()),
    branding: Nullable(AppBranding),
    appMetadata: Nullable(AppMetadata),
    labels: Nullable(T.Record(T.String(), T.String())),
    installUrl: Nullable(T.String()),
    isAccessible: Defaulted(T.Boolean(), false),
    isEnabled: Defaulted(T.Boolean(), true),
    pluginDisplayNames: Defaulted(T.Array(T.String()), []),
  },
  { title: "AppInfo" },
);
export type AppInfo = Static<typeof AppInfo>;
