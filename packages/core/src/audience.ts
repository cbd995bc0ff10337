import type { ServerRequestMethod, ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";

/** What a thread asks those who follow it. */
export type ThreadQuestion = Extract<
  ServerRequestMethod,
  | "item/commandExecution/requestApproval"
  | "item/fileChange/requestApproval"
  | "item/permissions/requestApproval"
  | "item/tool/requestUserInput"
  | "item/tool/call"
  | "mcpServer/elicitation/request"
  | "currentTime/read"
>;

/** Questions whose answer is a decision, which a model may give in the user's place. */
export type ApprovalMethod = Extract<
  ThreadQuestion,
  "item/commandExecution/requestApproval" | "item/fileChange/requestApproval"
>;

export const isApproval = (method: ThreadQuestion): method is ApprovalMethod =>
  method === "item/commandExecution/requestApproval" || method === "item/fileChange/requestApproval";

/** Who is told of a thread's events and asked its questions: the app server, which knows the faces. */
export type Audience = {
  notify(event: ThreadEvent): void;
  /**
   * Waits while nobody is there, and rejects when `signal` is aborted. Where all who were asked fail, or say nothing that we
   * know, the answer is one that allows nothing.
   */
  ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequestParams[M],
    signal: AbortSignal,
  ): Promise<ServerRequestResults[M]>;
};
