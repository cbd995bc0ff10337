import { Type as T, type Static } from "@sinclair/typebox";
import { Hidden, Int64, OpenWords, Words } from "./schema.ts";

export const AbsolutePathBuf = T.String({ title: "AbsolutePathBuf", format: "absolute-path" });
export type AbsolutePathBuf = Static<typeof AbsolutePathBuf>;

export const AgentPath = T.String({ title: "AgentPath" });
export type AgentPath = Static<typeof AgentPath>;

export const AllowDenyRequirement = Words(["allow", "deny"], { title: "AllowDenyRequirement" });
export type AllowDenyRequirement = Static<typeof AllowDenyRequirement>;

export const AuthMode = Words(
  [
    "apikey",
    "chatgpt",
    "chatgptAuthTokens",
    "headers",
    "agentIdentity",
    "personalAccessToken",
    "bedrockApiKey",
    "bedrockAccessKeys",
  ],
  { title: "AuthMode" },
);
export type AuthMode = Static<typeof AuthMode>;

export const CyberAccessProgram = Words(["standard", "daybreakBlue", "daybreakRed"], { title: "CyberAccessProgram" });
export type CyberAccessProgram = Static<typeof CyberAccessProgram>;

export const ForcedLoginMethod = Words(["chatgpt", "api"], { title: "ForcedLoginMethod" });
export type ForcedLoginMethod = Static<typeof ForcedLoginMethod>;

export const ImageDetail = OpenWords(["auto", "low", "high", "original"], { title: "ImageDetail" });
export type ImageDetail = Static<typeof ImageDetail>;

export const JsonValue = T.Unknown({ title: "JsonValue", namedIn: "types" });
export type JsonValue = Static<typeof JsonValue>;

export const LegacyAppPathString = T.String({ title: "LegacyAppPathString" });
export type LegacyAppPathString = Static<typeof LegacyAppPathString>;

export const MultiAgentMode = T.Union(
  [
    Hidden(T.Literal("none")),
    T.Object({ custom: T.String() }, { additionalProperties: false }),
    Words(["explicitRequestOnly", "proactive"]),
  ],
  { title: "MultiAgentMode" },
);
export type MultiAgentMode = Static<typeof MultiAgentMode>;

export const NetworkApprovalProtocol = Words(["http", "https", "socks5Tcp", "socks5Udp"], {
  title: "NetworkApprovalProtocol",
});
export type NetworkApprovalProtocol = Static<typeof NetworkApprovalProtocol>;

export const PathUri = T.String({ title: "PathUri" });
export type PathUri = Static<typeof PathUri>;

export const Personality = Words(["none", "friendly", "pragmatic"], { title: "Personality" });
export type Personality = Static<typeof Personality>;

export const PlanType = OpenWords(
  [
    "free",
    "go",
    "plus",
    "pro",
    "prolite",
    "promax",
    "team",
    "self_serve_business_prolite",
    "self_serve_business_usage_based",
    "business",
    "ent26",
    "enterprise_cbp_automation",
    "enterprise_cbp_usage_based",
    "enterprise",
    "edu",
    "edu_plus",
    "edu_pro",
    "sci",
    "sci_plus",
    "unknown",
  ],
  { title: "PlanType" },
);
export type PlanType = Static<typeof PlanType>;

export const ReasoningEffort = T.String({ title: "ReasoningEffort", minLength: 1 });
export type ReasoningEffort = Static<typeof ReasoningEffort>;

export const ReasoningSummary = Words(["auto", "concise", "detailed", "none"], { title: "ReasoningSummary" });
export type ReasoningSummary = Static<typeof ReasoningSummary>;

export const RequestId = T.Union([T.String(), Int64], { title: "RequestId" });
export type RequestId = Static<typeof RequestId>;

export const SortDirection = Words(["asc", "desc"], { title: "SortDirection" });
export type SortDirection = Static<typeof SortDirection>;

export const ThreadId = T.String({ title: "ThreadId" });
export type ThreadId = Static<typeof ThreadId>;

export const WebSearchMode = Words(["disabled", "cached", "indexed", "live"], { title: "WebSearchMode" });
export type WebSearchMode = Static<typeof WebSearchMode>;
