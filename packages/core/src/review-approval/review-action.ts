import type { ServerRequestParams } from "@codex/protocol/approvals";
import type { JsonObject } from "@codex/protocol/json";
import type { ReviewAction } from "@codex/protocol/notifications";
import { isToolCall, type ResponseItem, type ToolCallItem } from "@codex/protocol/responses";
import type { ApprovalMethod } from "../audience.ts";

/** A question that some tool asks before it goes on. */
export type Question = {
  [M in ApprovalMethod]: { readonly method: M; readonly params: ServerRequestParams[M] };
}[ApprovalMethod];

/** What is to be judged: as faces are told of it, and in full as the reviewer reads it. */
export type PlannedAction = {
  readonly shown: ReviewAction;
  /** Null for access to the network, which is about a host and not about the command. */
  readonly targetItemId: string | null;
  readonly forReviewer: JsonObject;
};

/** The question together with the call that caused it, which tells more than a face is shown. */
export function plannedAction(
  { method, params }: Question,
  history: readonly ResponseItem[],
  cwd: string,
): PlannedAction {
  const call = history.findLast((item): item is ToolCallItem => isToolCall(item) && item.call_id === params.itemId);
  const called = { tool: call?.name ?? "unknown", input: call ? inputOf(call) : "" };
  if (method === "item/fileChange/requestApproval") {
    const files = filesOf(called.input);
    const forReviewer = { ...called, cwd, environment_id: "local", files };
    return { shown: { type: "applyPatch", cwd, files }, targetItemId: params.itemId, forReviewer };
  }
  const { command, networkApprovalContext: network, additionalPermissions: added } = params;
  const place = params.cwd ?? cwd;
  const about = {
    ...called,
    command: command ?? "",
    cwd: place,
    environment_id: params.environmentId,
    // A command that ran in the sandbox, and would run again with this added to it.
    ...(added?.fileSystem && { additional_write_access: added.fileSystem.write ?? [] }),
  };
  if (!network) {
    const shown = { type: "command", source: "unifiedExec", command: command ?? "", cwd: place } as const;
    return { shown, targetItemId: params.itemId, forReviewer: about };
  }
  const { host, port, protocol } = network;
  const target = `${host}:${port}`;
  return {
    shown: { type: "networkAccess", target, host, port, protocol },
    targetItemId: null,
    forReviewer: { network_access: { host, port, protocol }, wanted_by: about },
  };
}

const inputOf = (call: ToolCallItem): string => (call.type === "function_call" ? call.arguments : call.input);

/** The files that a patch names, as it names them. */
const filesOf = (patch: string): string[] => [
  ...new Set(
    [...patch.matchAll(/\*\*\* (?:(?:Add|Update|Delete) File|Move to): ([^\n\\]+)/g)].map(([, path = ""]) =>
      path.trim(),
    ),
  ),
];
