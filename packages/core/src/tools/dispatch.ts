import { newId } from "@codex/platform/ids";
import { isObject, parseJson } from "@codex/protocol/json";
import type { FunctionCallItem, ResponseItem, ToolCallItem, ToolOutput } from "@codex/protocol/responses";
import { checkArguments } from "./check-arguments.ts";
import type { ClientTool, FreeformTool, FunctionTool, Tool, ToolContext } from "./define-tool.ts";
import type { Turnstile } from "./turnstile.ts";

/** How long a tool may take to end after an interrupt, in milliseconds; then its call is answered without it. */
const grace = 3_000;

/** What the original once offered under these names; models trained on it still ask for them. */
const replacements: Record<string, string> = {
  shell: "exec_command",
  shell_command: "exec_command",
  local_shell: "exec_command",
  container_exec: "exec_command",
  read_file: "exec_command",
  list_dir: "exec_command",
  grep_files: "exec_command",
};

/**
 * Runs one call and gives the item that answers it. Never rejects: whatever the model got wrong is told to the model, an
 * interrupt answers with what there is, and a bug in a tool is a sentence to both.
 */
export async function dispatchTool(
  call: ToolCallItem,
  tools: readonly Tool[],
  context: ToolContext,
  turnstile: Turnstile,
): Promise<ResponseItem> {
  const output = await runOrExplain(call, tools, context, turnstile);
  return call.type === "function_call"
    ? { type: "function_call_output", id: `fco_${newId()}`, call_id: call.call_id, output }
    : { type: "custom_tool_call_output", id: `ctco_${newId()}`, call_id: call.call_id, output };
}

async function runOrExplain(
  call: ToolCallItem,
  tools: readonly Tool[],
  context: ToolContext,
  turnstile: Turnstile,
): Promise<ToolOutput> {
  const start = prepare(call, tools, context);
  if (typeof start === "string") return start;
  try {
    return await turnstile.pass(start.alone, () => untilAborted(start.run(), context.signal), context.signal);
  } catch (error) {
    if (context.signal.aborted) return "aborted";
    return `${call.name} failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

type Start = { alone: boolean; run(): Promise<ToolOutput> };

/** The call ready to run, or the sentence that tells the model what is wrong with it. */
function prepare(call: ToolCallItem, tools: readonly Tool[], context: ToolContext): Start | string {
  if (call.type === "custom_tool_call") {
    const tool = tools.find((tool): tool is FreeformTool => tool.kind === "freeform" && tool.name === call.name);
    if (!tool) return `unsupported custom tool call: ${call.name}`;
    return { alone: tool.alone === true, run: async () => (await tool.run(call.input, context)).forModel };
  }
  const ofClient = tools.find((tool): tool is ClientTool => tool.kind === "client" && isCalled(tool, call));
  if (ofClient) return prepareClient(call, ofClient, context);
  const tool = tools.find((tool): tool is FunctionTool => tool.kind === "function" && tool.name === call.name);
  if (!tool) return prepareFreeform(call, tools, context) ?? unsupported(call);
  const args = checkArguments(tool.parameters, parseJson(call.arguments), call.arguments);
  if (!args.ok) return `failed to parse function arguments: ${args.error}`;
  return { alone: tool.alone === true, run: async () => (await tool.run(args.value, context)).forModel };
}

const isCalled = (tool: ClientTool, call: FunctionCallItem): boolean =>
  tool.name === call.name && tool.namespace === (call.namespace ?? null);

function prepareClient(call: FunctionCallItem, tool: ClientTool, context: ToolContext): Start | string {
  const args = call.arguments.trim() === "" ? {} : parseJson(call.arguments);
  if (args === undefined) return "failed to parse function arguments: they are no JSON";
  return { alone: false, run: async () => (await tool.run(args, context)).forModel };
}

/** A model may call a freeform tool as a function, as others are: its text is then the argument `input` (or `patch`). */
function prepareFreeform(call: FunctionCallItem, tools: readonly Tool[], context: ToolContext): Start | undefined {
  const tool = tools.find((tool): tool is FreeformTool => tool.kind === "freeform" && tool.name === call.name);
  const args = parseJson(call.arguments);
  const input = isObject(args) ? (args["input"] ?? args["patch"]) : undefined;
  if (!tool || typeof input !== "string") return undefined;
  return { alone: tool.alone === true, run: async () => (await tool.run(input, context)).forModel };
}

function unsupported(call: FunctionCallItem): string {
  const replacement = replacements[call.name];
  return `unsupported call: ${call.namespace ?? ""}${call.name}${replacement ? `; use ${replacement}` : ""}`;
}

/** A tool is asked to end by the signal; one that does not is left behind. */
async function untilAborted<T>(run: Promise<T>, signal: AbortSignal): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = Promise.withResolvers<never>();
  const startGrace = () => {
    timer = setTimeout(() => late.reject(new Error("aborted")), grace);
  };
  if (signal.aborted) startGrace();
  else signal.addEventListener("abort", startGrace, { once: true });
  try {
    return await Promise.race([run, late.promise]);
  } finally {
    signal.removeEventListener("abort", startGrace);
    clearTimeout(timer);
  }
}
