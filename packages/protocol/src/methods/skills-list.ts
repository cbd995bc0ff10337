import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Nullable, Path, Words } from "../schema.ts";
import { SkillInterface } from "../skill-interface.ts";
import { LegacyAppPathString } from "../values.ts";

export const SkillToolDependency = T.Object(
  {
    type: T.String(),
    value: T.String(),
    description: Lenient(T.String()),
    transport: Lenient(T.String()),
    command: Lenient(T.String()),
    url: Lenient(T.String()),
  },
  { title: "SkillToolDependency" },
);
export type SkillToolDependency = Static<typeof SkillToolDependency>;

export const SkillDependencies = T.Object({ tools: T.Array(SkillToolDependency) }, { title: "SkillDependencies" });
export type SkillDependencies = Static<typeof SkillDependencies>;

export const SkillErrorInfo = T.Object({ path: T.String(), message: T.String() }, { title: "SkillErrorInfo" });
export type SkillErrorInfo = Static<typeof SkillErrorInfo>;

export const SkillScope = Words(["user", "repo", "system", "admin"], { title: "SkillScope" });
export type SkillScope = Static<typeof SkillScope>;

export const SkillMetadata = T.Object(
  {
    name: T.String(),
    description: T.String(),
    shortDescription: Lenient(T.String()),
    interface: Lenient(SkillInterface),
    dependencies: Lenient(SkillDependencies),
    path: LegacyAppPathString,
    scope: SkillScope,
    enabled: T.Boolean(),
    pluginId: Nullable(T.String()),
  },
  { title: "SkillMetadata" },
);
export type SkillMetadata = Static<typeof SkillMetadata>;

export const SkillsListEntry = T.Object(
  { cwd: T.String(), skills: T.Array(SkillMetadata), errors: T.Array(SkillErrorInfo) },
  { title: "SkillsListEntry" },
);
export type SkillsListEntry = Static<typeof SkillsListEntry>;

export const Params = T.Object(
  { cwds: T.Optional(T.Array(Path)), forceReload: T.Optional(T.Boolean()) },
  { title: "SkillsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ data: T.Array(SkillsListEntry) }, { title: "SkillsListResponse" });
export type Result = Static<typeof Result>;
