import type { Static, TSchema } from "@sinclair/typebox";
import type { ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { ToolOutput, ToolSpec } from "@codex/protocol/responses";
import type { AskForApproval, SandboxPolicy } from "@codex/protocol/thread";
import type { FileRules } from "@codex/sandbox/permissions/file-rules";
import type { ThreadQuestion } from "../audience.ts";

/** What the model reads of a call. `ok: false` marks a failure for those who show it; the model sees only `forModel`. */
export type ToolOutcome = { readonly ok: boolean; readonly forModel: ToolOutput };

/** What every tool may use of the turn it runs in. Tools that need more take it when they are made. */
export type ToolContext = {
  readonly threadId: string;
  readonly turnId: string;
  readonly callId: string;
  /** Absolute; the thread's working directory. */
  readonly cwd: string;
  readonly sandboxPolicy: SandboxPolicy;
  /** What a permission profile says beyond the policy. */
  readonly fileRules?: FileRules | undefined;
  readonly approvalPolicy: AskForApproval;
  /** A reviewer answers what is asked, in the user's place. */
  readonly reviewed?: boolean;
  readonly truncation: TruncationPolicy;
  /** Aborted when the turn is interrupted. A tool then ends soon, with whatever it can tell. */
  readonly signal: AbortSignal;
  /** Stores (where the event is one that is stored) and then shows. */
  emit(event: ThreadEvent): void;
  /** Asks the face; rejects only when the turn is interrupted. */
  ask<M extends ThreadQuestion>(method: M, params: ServerRequestParams[M]): Promise<ServerRequestResults[M]>;
};

/** How much of a tool's output the model gets: source, the catalogue's truncation_policy. */
export type TruncationPolicy = { readonly mode: "tokens" | "bytes"; readonly limit: number };

type Common = {
  readonly name: string;
  readonly description: string;
  /** Changes files: never runs beside another call of its turn. */
  readonly alone?: boolean;
  /** Not offered, only answered where a model calls it all the same. */
  readonly hidden?: boolean;
};

/** Called with arguments that have been checked against `parameters`. Must not throw for anything the model can cause. */
export type FunctionTool<S extends TSchema = TSchema> = Common & {
  readonly kind: "function";
  readonly parameters: S;
  run(args: Static<S>, context: ToolContext): Promise<ToolOutcome>;
};

/** Called with text in a grammar of the tool's own. */
export type FreeformTool = Common & {
  readonly kind: "freeform";
  readonly grammar: string;
  run(input: string, context: ToolContext): Promise<ToolOutcome>;
};

/** A tool the model's own servers run: only its spec is ours. */
export type HostedTool = { readonly kind: "hosted"; readonly name: string; readonly spec: ToolSpec };

/** A tool that the client runs; its arguments are the client's to check. */
export type ClientTool = {
  readonly kind: "client";
  readonly name: string;
  readonly namespace: string | null;
  /** Undefined where the spec of another tool of its namespace speaks for it. */
  readonly spec: ToolSpec | undefined;
  run(args: unknown, context: ToolContext): Promise<ToolOutcome>;
};

export type Tool = FunctionTool | FreeformTool | HostedTool | ClientTool;

/** Keeps the schema's type for `run` and then forgets it, so that tools of any parameters stand in one list. */
export function defineTool<S extends TSchema>(tool: Omit<FunctionTool<S>, "kind">): FunctionTool {
  return { ...tool, kind: "function", run: (args, context) => tool.run(args as Static<S>, context) };
}
