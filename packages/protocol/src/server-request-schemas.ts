/** The schemas of every question of the protocol and of its answer, loaded when asked for. */
export const serverRequestSchemas = {
  "item/commandExecution/requestApproval": () => import("./requests/item-command-execution-request-approval.ts"),
  "item/fileChange/requestApproval": () => import("./requests/item-file-change-request-approval.ts"),
  "item/tool/requestUserInput": () => import("./requests/item-tool-request-user-input.ts"),
  "mcpServer/elicitation/request": () => import("./requests/mcp-server-elicitation-request.ts"),
  "item/permissions/requestApproval": () => import("./requests/item-permissions-request-approval.ts"),
  "item/tool/call": () => import("./requests/item-tool-call.ts"),
  "account/chatgptAuthTokens/refresh": () => import("./requests/account-chatgpt-auth-tokens-refresh.ts"),
  "attestation/generate": () => import("./requests/attestation-generate.ts"),
  "currentTime/read": () => import("./requests/current-time-read.ts"),
  applyPatchApproval: () => import("./requests/apply-patch-approval.ts"),
  execCommandApproval: () => import("./requests/exec-command-approval.ts"),
} as const;
