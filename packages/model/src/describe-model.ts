import type { MethodResult } from "@codex/protocol/methods";
import type { ModelInfo } from "./catalogue.ts";

type Described = MethodResult<"model/list">["data"][number];

/** A model as clients list it. */
export const describeModel = (model: ModelInfo, isDefault: boolean): Described => ({
  id: model.slug,
  model: model.slug,
  upgrade: null,
  upgradeInfo: null,
  availabilityNux: null,
  displayName: model.displayName,
  description: model.description,
  modelSpecialty: null,
  hidden: model.visibility === "hide",
  supportedReasoningEfforts: model.supportedReasoningEfforts.map((effort) => ({
    reasoningEffort: effort,
    description: effortWords[effort] ?? effort,
  })),
  defaultReasoningEffort: model.defaultReasoningEffort ?? "medium",
  inputModalities: model.inputModalities.filter(isModality),
  supportsPersonality: false,
  multiAgentVersion: null,
  // The older way to say the same: the tiers that are faster, by name.
  additionalSpeedTiers: model.serviceTiers.map(({ name }) => name.toLowerCase()),
  serviceTiers: model.serviceTiers.map(({ id, name }) => ({ id, name, description: tierWords[id] ?? name })),
  defaultServiceTier: model.defaultServiceTier ?? null,
  availableAccessPrograms: null,
  isDefault,
});

const isModality = (name: string): name is Described["inputModalities"][number] =>
  name === "text" || name === "image" || name === "audio";

const effortWords: Readonly<Record<string, string>> = {
  none: "Answers at once, without thinking first",
  minimal: "Thinks as little as it can",
  low: "Quick, for what is plain",
  medium: "Quick enough, and thinks where it must",
  high: "Takes its time over hard problems",
  xhigh: "Takes a long time over the hardest problems",
  max: "Thinks as long as it can",
  ultra: "Thinks as long as it can and may hand out parts of the work",
};

const tierWords: Readonly<Record<string, string>> = {
  priority: "Faster answers, which cost more",
  flex: "Slower answers, which cost less",
};
