import type { DynamicToolCallOutputContentItem } from "./items.ts";
import type {
  AdditionalFileSystemPermissions,
  AdditionalNetworkPermissions,
  FileSystemSandboxEntry,
} from "./permissions.ts";
import type * as AccountChatgptAuthTokensRefresh from "./requests/account-chatgpt-auth-tokens-refresh.ts";
import type * as ItemCommandExecutionRequestApproval from "./requests/item-command-execution-request-approval.ts";
import type * as ItemFileChangeRequestApproval from "./requests/item-file-change-request-approval.ts";
import type * as ItemToolRequestUserInput from "./requests/item-tool-request-user-input.ts";
import type * as McpServerElicitationRequest from "./requests/mcp-server-elicitation-request.ts";
import type * as ItemPermissionsRequestApproval from "./requests/item-permissions-request-approval.ts";
import type * as ItemToolCall from "./requests/item-tool-call.ts";
import type * as CurrentTimeRead from "./requests/current-time-read.ts";
import type { NetworkApprovalProtocol } from "./values.ts";

/** What the server asks its faces, nearly all of it for a thread, with the faces' answers. One line and one module a question. */
export type ServerRequestParams = {
  "item/commandExecution/requestApproval": ItemCommandExecutionRequestApproval.Params;
  "item/fileChange/requestApproval": ItemFileChangeRequestApproval.Params;
  "item/tool/requestUserInput": ItemToolRequestUserInput.Params;
  "mcpServer/elicitation/request": McpServerElicitationRequest.Params;
  "item/permissions/requestApproval": ItemPermissionsRequestApproval.Params;
  "item/tool/call": ItemToolCall.Params;
  "currentTime/read": CurrentTimeRead.Params;
  "account/chatgptAuthTokens/refresh": AccountChatgptAuthTokensRefresh.Params;
};

export type ServerRequestResults = {
  "item/commandExecution/requestApproval": ItemCommandExecutionRequestApproval.Result & Reason;
  "item/fileChange/requestApproval": ItemFileChangeRequestApproval.Result & Reason;
  "item/tool/requestUserInput": ItemToolRequestUserInput.Result;
  "mcpServer/elicitation/request": McpServerElicitationRequest.Result;
  "item/permissions/requestApproval": ItemPermissionsRequestApproval.Result;
  "item/tool/call": ItemToolCall.Result;
  "currentTime/read": CurrentTimeRead.Result;
  "account/chatgptAuthTokens/refresh": AccountChatgptAuthTokensRefresh.Result;
};

/** Why it was declined, for the model. Not of the wire: only the automatic reviewer gives one. */
type Reason = { reason?: string };

export type NetworkProtocol = NetworkApprovalProtocol;
export type NetworkPolicyAmendment = ItemCommandExecutionRequestApproval.NetworkPolicyAmendment;
export type CommandDecision = ItemCommandExecutionRequestApproval.CommandExecutionApprovalDecision;
export type FileChangeDecision = ItemFileChangeRequestApproval.FileChangeApprovalDecision;
export type NetworkGrant = AdditionalNetworkPermissions;
export type FileSystemGrant = AdditionalFileSystemPermissions;
export type FileSystemEntry = FileSystemSandboxEntry;
export type UserQuestion = ItemToolRequestUserInput.ToolRequestUserInputQuestion;
export type Elicitation = McpServerElicitationRequest.Params;
export type DynamicToolContent = DynamicToolCallOutputContentItem;

export type ServerRequestMethod = keyof ServerRequestParams;

/** The questions that are answered with a decision. */
export type ApprovalMethod = "item/commandExecution/requestApproval" | "item/fileChange/requestApproval";

export const isApproval = <M extends string>(method: M): method is M & ApprovalMethod =>
  method === "item/commandExecution/requestApproval" || method === "item/fileChange/requestApproval";

export type ServerRequest = {
  [Method in ServerRequestMethod]: { id: number; method: Method; params: ServerRequestParams[Method] };
}[ServerRequestMethod];
