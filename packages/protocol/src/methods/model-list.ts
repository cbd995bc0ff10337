import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Int64, Nullable, OptionalNull, Uint32, Words } from "../schema.ts";
import { CyberAccessProgram, ReasoningEffort } from "../values.ts";

export const InputModality = Words(["text", "image", "audio"], { title: "InputModality" });
export type InputModality = Static<typeof InputModality>;

export const ModelUpgradeInfo = T.Object(
  {
    model: T.String(),
    upgradeCopy: Nullable(T.String()),
    modelLink: Nullable(T.String()),
    migrationMarkdown: Nullable(T.String()),
    retirementAt: Nullable(Int64),
  },
  { title: "ModelUpgradeInfo" },
);
export type ModelUpgradeInfo = Static<typeof ModelUpgradeInfo>;

export const ModelAvailabilityNux = T.Object({ message: T.String() }, { title: "ModelAvailabilityNux" });
export type ModelAvailabilityNux = Static<typeof ModelAvailabilityNux>;

export const ReasoningEffortOption = T.Object(
  { reasoningEffort: ReasoningEffort, description: T.String() },
  { title: "ReasoningEffortOption" },
);
export type ReasoningEffortOption = Static<typeof ReasoningEffortOption>;

export const MultiAgentVersion = Words(["disabled", "v1", "v2"], { title: "MultiAgentVersion" });
export type MultiAgentVersion = Static<typeof MultiAgentVersion>;

export const ModelServiceTier = T.Object(
  { id: T.String(), name: T.String(), description: T.String() },
  { title: "ModelServiceTier" },
);
export type ModelServiceTier = Static<typeof ModelServiceTier>;

export const ModelAccessPrograms = T.Object({ cyber: T.Array(CyberAccessProgram) }, { title: "ModelAccessPrograms" });
export type ModelAccessPrograms = Static<typeof ModelAccessPrograms>;

export const Model = T.Object(
  {
    id: T.String(),
    model: T.String(),
    upgrade: Nullable(T.String()),
    upgradeInfo: Nullable(ModelUpgradeInfo),
    availabilityNux: Nullable(ModelAvailabilityNux),
    displayName: T.String(),
    description: T.String(),
    modelSpecialty: Nullable(T.String()),
    hidden: T.Boolean(),
    supportedReasoningEfforts: T.Array(ReasoningEffortOption),
    defaultReasoningEffort: ReasoningEffort,
    inputModalities: Defaulted(T.Array(InputModality), ["text", "image"]),
    supportsPersonality: Defaulted(T.Boolean(), false),
    multiAgentVersion: Nullable(MultiAgentVersion),
    additionalSpeedTiers: Defaulted(T.Array(T.String()), []),
    serviceTiers: Defaulted(T.Array(ModelServiceTier), []),
    defaultServiceTier: Nullable(T.String()),
    availableAccessPrograms: Nullable(ModelAccessPrograms),
    isDefault: T.Boolean(),
  },
  { title: "Model" },
);
export type Model = Static<typeof Model>;

export const Params = T.Object(
  {
    modelProvider: OptionalNull(T.String()),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    includeHidden: OptionalNull(T.Boolean()),
  },
  { title: "ModelListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(Model), nextCursor: Nullable(T.String()) },
  { title: "ModelListResponse" },
);
export type Result = Static<typeof Result>;
