import { isToolCall, isToolOutput, type ResponseItem, type ToolCallItem } from "@codex/protocol/responses";

/**
 * The service refuses a call without an output and an output without its call. Interrupted turns and cut histories leave
 * both behind: calls get the output "aborted" right after them, lonely outputs are left out.
 */
export function pairToolCalls(history: readonly ResponseItem[]): ResponseItem[] {
  const calls = new Set(history.filter(isToolCall).map((call) => call.call_id));
  const outputs = new Set(history.filter(isToolOutput).map((output) => output.call_id));
  return history.flatMap((item): ResponseItem[] => {
    if (isToolCall(item)) return outputs.has(item.call_id) ? [item] : [item, abortedOutput(item)];
    if (isToolOutput(item)) return calls.has(item.call_id) ? [item] : [];
    return [item];
  });
}

const abortedOutput = (call: ToolCallItem): ResponseItem => ({
  type: call.type === "function_call" ? "function_call_output" : "custom_tool_call_output",
  call_id: call.call_id,
  output: "aborted",
});
