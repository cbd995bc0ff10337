import { isToolCall, isToolOutput, type ResponseItem, type ToolCallItem } from "@codex/protocol/responses";

/**
 * A history in which every call is answered and every answer has a call, as the service demands. A call that a killed
 * process left open is answered right behind it: by what `known` has for its id, else by `aborted` as the original does. An
 * answer without a call is left out.
 */
export function repairCalls(history: readonly ResponseItem[], known: ReadonlyMap<string, string>): ResponseItem[] {
  const called = new Set(history.filter(isToolCall).map((call) => call.call_id));
  const open = unansweredCalls(history);
  return history.flatMap((item) => {
    if (isToolOutput(item)) return called.has(item.call_id) ? [item] : [];
    if (!isToolCall(item) || !open.has(item.call_id)) return [item];
    return [item, answer(item, known.get(item.call_id) ?? "aborted")];
  });
}

/** The ids of calls without an answer. */
export function unansweredCalls(history: readonly ResponseItem[]): Set<string> {
  const open = new Set(history.filter(isToolCall).map((call) => call.call_id));
  for (const item of history) if (isToolOutput(item)) open.delete(item.call_id);
  return open;
}

function answer(call: ToolCallItem, output: string): ResponseItem {
  const type = call.type === "function_call" ? "function_call_output" : "custom_tool_call_output";
  const mark = call.internal_chat_message_metadata_passthrough;
  return {
    type,
    call_id: call.call_id,
    output,
    ...(mark === undefined ? {} : { internal_chat_message_metadata_passthrough: { turn_id: mark.turn_id } }),
  };
}
