import type { CommandAction } from "./items.ts";

/** The questions the server asks a face, with the face's answers. Shapes: the JSON Schema that the original 0.169.0 prints. */
export type ServerRequestParams = {
  "item/commandExecution/requestApproval": {
    kind: "command";
    threadId: string;
    turnId: string;
    itemId: string;
    startedAtMs: number;
    environmentId: string | null;
    reason?: string | null;
    command?: string | null;
    cwd?: string | null;
    commandActions?: CommandAction[] | null;
    proposedExecpolicyAmendment?: string[] | null;
    availableDecisions?: CommandDecision[] | null;
  };
  "item/fileChange/requestApproval": {
    threadId: string;
    turnId: string;
    itemId: string;
    startedAtMs: number;
    reason?: string | null;
    grantRoot?: string | null;
  };
};

export type CommandDecision =
  | "accept"
  | "acceptForSession"
  | { acceptWithExecpolicyAmendment: { execpolicy_amendment: string[] } }
  | "decline"
  | "cancel";
export type FileChangeDecision = "accept" | "acceptForSession" | "decline" | "cancel";

export type ServerRequestResults = {
  "item/commandExecution/requestApproval": { decision: CommandDecision };
  "item/fileChange/requestApproval": { decision: FileChangeDecision };
};

export type ServerRequestMethod = keyof ServerRequestParams;

export type ServerRequest = {
  [Method in ServerRequestMethod]: { id: number; method: Method; params: ServerRequestParams[Method] };
}[ServerRequestMethod];
