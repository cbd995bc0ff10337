import { isToolCall, isToolOutput, type ResponseItem, type ToolCallItem } from "@codex/protocol/responses";

/**
 * A history in which every call is answered and every answer has a call, as the service demands. A call that a killed
 * process left open is answered `aborted` right behind it, an answer without a call is left out. As the original's.
 */
export function repairCalls(history: readonly ResponseItem[]): ResponseItem[] {
  const called = new Set(history.filter(isToolCall).map((call) => call.call_id));
  const answered = new Set(history.filter(isToolOutput).map((output) => output.call_id));
  return history.flatMap((item) => {
    if (isToolOutput(item)) return called.has(item.call_id) ? [item] : [];
    return isToolCall(item) && !answered.has(item.call_id) ? [item, aborted(item)] : [item];
  });
}

function aborted(call: ToolCallItem): ResponseItem {
  const type = call.type === "function_call" ? "function_call_output" : "custom_tool_call_output";
  const mark = call.internal_chat_message_metadata_passthrough;
  return {
    type,
    call_id: call.call_id,
    output: "aborted",
    ...(mark === undefined ? {} : { internal_chat_message_metadata_passthrough: { turn_id: mark.turn_id } }),
  };
}
