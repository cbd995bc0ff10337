import type { Clock } from "@codex/platform/clock";
import type { DynamicToolContent } from "@codex/protocol/approvals";
import type { ThreadItemOf } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import type { DynamicToolSpec } from "@codex/protocol/methods/thread-start";
import type { InputImage, InputText, ToolOutput, ToolSpec } from "@codex/protocol/responses";
import { imageFormat } from "../context/image-format.ts";
import { itemCompleted, itemStarted } from "../turn/item-events.ts";
import type { ClientTool, ToolContext, ToolOutcome } from "./define-tool.ts";

type Function = Pick<Extract<DynamicToolSpec, { type: "function" }>, "name" | "description" | "inputSchema">;

/** Tools that the client runs: one for each function, those of a namespace together in one spec. */
export function makeDynamicTools(specs: readonly DynamicToolSpec[], clock: Clock): ClientTool[] {
  return specs.flatMap((spec) => {
    if (spec.type === "function") return [clientTool(spec, null, functionSpec(spec), clock)];
    const { name, description } = spec;
    const whole: ToolSpec = { type: "namespace", name, description, tools: spec.tools.map(functionSpec) };
    return spec.tools.map((tool, index) => clientTool(tool, name, index === 0 ? whole : undefined, clock));
  });
}

const functionSpec = ({ name, description, inputSchema }: Function) => ({
  type: "function" as const,
  name,
  description,
  strict: false as const,
  parameters: inputSchema as JsonObject,
});

const clientTool = (
  { name }: Function,
  namespace: string | null,
  spec: ToolSpec | undefined,
  clock: Clock,
): ClientTool => ({
  kind: "client",
  name,
  namespace,
  spec,
  run: (args, context) => callClient({ tool: name, namespace, arguments: args }, context, clock),
});

type Call = Pick<ThreadItemOf<"dynamicToolCall">, "tool" | "namespace" | "arguments">;

/** Asks the client to run it, shown as an item; the item is completed also where the turn is interrupted meanwhile. */
async function callClient(call: Call, context: ToolContext, clock: Clock): Promise<ToolOutcome> {
  const { threadId, turnId, callId } = context;
  const startedAtMs = clock.now();
  const item: ThreadItemOf<"dynamicToolCall"> = {
    type: "dynamicToolCall",
    id: callId,
    ...call,
    status: "inProgress",
    contentItems: null,
    success: null,
    durationMs: null,
  };
  const complete = (end: Pick<typeof item, "contentItems" | "success">): void => {
    const completedAtMs = clock.now();
    const status = end.success ? "completed" : "failed";
    const done = { ...item, ...end, status, durationMs: completedAtMs - startedAtMs } as const;
    context.emit(itemCompleted(done, context, { startedAtMs, completedAtMs }));
  };
  context.emit(itemStarted(item, context, startedAtMs));
  try {
    const { contentItems, success } = await context.ask("item/tool/call", { threadId, turnId, callId, ...call });
    complete({ contentItems, success });
    return { ok: success, forModel: outputOf(contentItems) };
  } catch (interrupted) {
    complete({ contentItems: null, success: false });
    throw interrupted;
  }
}

/** A single text goes as text, all else in parts. */
function outputOf(items: readonly DynamicToolContent[]): ToolOutput {
  const [first] = items;
  if (items.length === 1 && first?.type === "inputText") return first.text;
  return items.map(partOf);
}

function partOf(item: DynamicToolContent): InputText | InputImage {
  switch (item.type) {
    case "inputText":
      return { type: "input_text", text: item.text };
    case "inputImage":
      return isImage(item.imageUrl)
        ? { type: "input_image", image_url: item.imageUrl, detail: "high" }
        : { type: "input_text", text: "image content omitted because it could not be processed" };
    case "inputAudio":
      return { type: "input_text", text: "audio content omitted because you do not support audio input" };
  }
}

/** Only what the URL itself holds: nothing is fetched for a tool. */
function isImage(url: string): boolean {
  const base64 = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  return base64 !== undefined && imageFormat(Buffer.from(base64, "base64")) !== undefined;
}
