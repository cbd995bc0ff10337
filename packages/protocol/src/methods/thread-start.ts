import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, Experimental, OptionalNull, Words } from "../schema.ts";
import {
  ApprovalsReviewer,
  AskForApproval,
  SandboxMode,
  ThreadHistoryMode,
  ThreadSource,
  TurnEnvironmentParams,
} from "../thread.ts";
import { AbsolutePathBuf, JsonValue, MultiAgentMode, Personality } from "../values.ts";
import { openedFields } from "./thread-opened.ts";

export const CapabilityRootLocation = T.Object(
  { type: T.Literal("environment"), environmentId: T.String(), path: T.String() },
  { title: "CapabilityRootLocation" },
);
export type CapabilityRootLocation = Static<typeof CapabilityRootLocation>;

export const DynamicToolFunctionSpec = T.Object(
  { name: T.String(), description: T.String(), inputSchema: JsonValue, deferLoading: T.Optional(T.Boolean()) },
  { title: "DynamicToolFunctionSpec", namedIn: "types" },
);
export type DynamicToolFunctionSpec = Static<typeof DynamicToolFunctionSpec>;

export const DynamicToolNamespaceTool = AllOf([T.Object({ type: T.Literal("function") }), DynamicToolFunctionSpec], {
  title: "DynamicToolNamespaceTool",
});
export type DynamicToolNamespaceTool = Static<typeof DynamicToolNamespaceTool>;

export const DynamicToolNamespaceSpec = T.Object(
  { name: T.String(), description: T.String(), tools: T.Array(DynamicToolNamespaceTool) },
  { title: "DynamicToolNamespaceSpec", namedIn: "types" },
);
export type DynamicToolNamespaceSpec = Static<typeof DynamicToolNamespaceSpec>;

export const DynamicToolSpec = T.Union(
  [
    AllOf([T.Object({ type: T.Literal("function") }), DynamicToolFunctionSpec]),
    AllOf([T.Object({ type: T.Literal("namespace") }), DynamicToolNamespaceSpec]),
  ],
  { title: "DynamicToolSpec", untagged: "function" },
);
export type DynamicToolSpec = Static<typeof DynamicToolSpec>;

export const SelectedCapabilityRoot = T.Object(
  { id: T.String(), location: CapabilityRootLocation },
  { title: "SelectedCapabilityRoot" },
);
export type SelectedCapabilityRoot = Static<typeof SelectedCapabilityRoot>;

export const ThreadStartSource = Words(["startup", "clear"], { title: "ThreadStartSource" });
export type ThreadStartSource = Static<typeof ThreadStartSource>;

export const Params = T.Object(
  {
    model: OptionalNull(T.String()),
    modelProvider: OptionalNull(T.String()),
    allowProviderModelFallback: Experimental(T.Optional(T.Boolean())),
    serviceTier: OptionalNull(T.String()),
    cwd: OptionalNull(T.String()),
    runtimeWorkspaceRoots: Experimental(OptionalNull(T.Array(AbsolutePathBuf))),
    approvalPolicy: OptionalNull(AskForApproval),
    approvalsReviewer: OptionalNull(ApprovalsReviewer),
    sandbox: OptionalNull(SandboxMode),
    permissions: Experimental(OptionalNull(T.String())),
    config: OptionalNull(T.Record(T.String(), JsonValue)),
    serviceName: OptionalNull(T.String()),
    baseInstructions: OptionalNull(T.String()),
    developerInstructions: OptionalNull(T.String()),
    personality: OptionalNull(Personality),
    multiAgentMode: Experimental(OptionalNull(MultiAgentMode)),
    ephemeral: OptionalNull(T.Boolean()),
    historyMode: Experimental(OptionalNull(ThreadHistoryMode)),
    sessionStartSource: OptionalNull(ThreadStartSource),
    threadSource: OptionalNull(ThreadSource),
    projectId: Experimental(OptionalNull(T.String())),
    daybreakEnabled: Experimental(OptionalNull(T.Boolean())),
    environments: Experimental(OptionalNull(T.Array(TurnEnvironmentParams))),
    dynamicTools: Experimental(OptionalNull(T.Array(DynamicToolSpec))),
    selectedCapabilityRoots: Experimental(OptionalNull(T.Array(SelectedCapabilityRoot))),
    mockExperimentalField: Experimental(OptionalNull(T.String())),
    experimentalRawEvents: Experimental(T.Optional(T.Boolean())),
  },
  { title: "ThreadStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    ...openedFields,
  },
  { title: "ThreadStartResponse" },
);
export type Result = Static<typeof Result>;
