import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { threadId: OptionalNull(T.String()), forceRefresh: T.Optional(T.Boolean()) },
  { title: "AppsInstalledParams" },
);
export type Params = Static<typeof Params>;

export const InstalledApp = T.Object(
  { id: T.String(), runtimeName: Nullable(T.String()), enabled: T.Boolean(), callable: T.Boolean() },
  { title: "InstalledApp" },
);
export type InstalledApp = Static<typeof InstalledApp>;

export const Result = T.Object({ apps: T.Array(InstalledApp) }, { title: "AppsInstalledResponse" });
export type Result = Static<typeof Result>;
