import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, Nullable, OptionalNull, Path } from "../schema.ts";
import { AdditionalContextEntry } from "../additional-context.ts";
import { CollaborationMode } from "../collaboration-mode.ts";
import { FunctionCallOutputBody, UserInput } from "../items.ts";
import { ApprovalsReviewer, AskForApproval, SandboxPolicy, Turn, TurnEnvironmentParams } from "../thread.ts";
import {
  AbsolutePathBuf,
  CyberAccessProgram,
  JsonValue,
  MultiAgentMode,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
} from "../values.ts";

export const TurnToolOutput = T.Object(
  {
    name: T.String(),
    namespace: Nullable(T.String()),
    output: FunctionCallOutputBody,
    retain: T.Optional(T.Boolean()),
  },
  { title: "TurnToolOutput" },
);
export type TurnToolOutput = Static<typeof TurnToolOutput>;

export const Params = T.Object(
  {
    threadId: T.String(),
    disabledPluginIds: OptionalNull(T.Array(T.String())),
    clientUserMessageId: OptionalNull(T.String()),
    input: T.Array(UserInput),
    turnTrigger: OptionalNull(T.String()),
    parentTurnId: OptionalNull(T.String()),
    rootTurnId: OptionalNull(T.String()),
    toolOutput: OptionalNull(TurnToolOutput),
    responsesapiClientMetadata: Experimental(OptionalNull(T.Record(T.String(), T.String()))),
    responsesapiClientMetadataPatch: Experimental(OptionalNull(T.Record(T.String(), T.String()))),
    additionalContext: Experimental(OptionalNull(T.Record(T.String(), AdditionalContextEntry))),
    environments: Experimental(OptionalNull(T.Array(TurnEnvironmentParams))),
    cwd: OptionalNull(Path),
    runtimeWorkspaceRoots: Experimental(OptionalNull(T.Array(AbsolutePathBuf))),
    approvalPolicy: OptionalNull(AskForApproval),
    approvalsReviewer: OptionalNull(ApprovalsReviewer),
    sandboxPolicy: OptionalNull(SandboxPolicy),
    permissions: Experimental(OptionalNull(T.String())),
    model: OptionalNull(T.String()),
    serviceTier: OptionalNull(T.String()),
    serviceTierForTurn: OptionalNull(T.String()),
    effort: OptionalNull(ReasoningEffort),
    summary: OptionalNull(ReasoningSummary),
    personality: OptionalNull(Personality),
    outputSchema: OptionalNull(JsonValue),
    collaborationMode: Experimental(OptionalNull(CollaborationMode)),
    multiAgentMode: Experimental(OptionalNull(MultiAgentMode)),
    cyberAccessProgram: Experimental(OptionalNull(CyberAccessProgram)),
  },
  { title: "TurnStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ turn: Turn }, { title: "TurnStartResponse" });
export type Result = Static<typeof Result>;
