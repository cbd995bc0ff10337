import type { JsonObject } from "@codex/protocol/json";
import type { MessageItem, ResponseItem, ToolSpec } from "@codex/protocol/responses";
import { withoutMetadata } from "./build-request.ts";
import type { Stamp } from "./context-message.ts";
import { initialContext } from "./initial-context.ts";
import { userMessage, type PreparedInput } from "./user-input.ts";
import type { ContextFacts } from "./world-state.ts";

/** The input items of a thread's first turn, as `codex debug prompt-input` lists them. */
export const promptInput = (facts: ContextFacts, prompt: PreparedInput, stamp: Stamp): MessageItem[] => [
  ...initialContext(facts, stamp),
  ...(prompt.length === 0 ? [] : [userMessage(prompt, stamp)]),
];

export type PromptReport = {
  readonly input: ResponseItem[];
  readonly tools: ToolSpec[];
  /** Estimates: four bytes of JSON make a token. */
  readonly tokens: {
    readonly baseInstructions: number;
    readonly input: number[];
    readonly tools: Record<string, number>;
    readonly total: number;
  };
};

/** The same with the tools and what each part costs (`--tools`). */
export function promptReport(baseInstructions: string, input: ResponseItem[], tools: ToolSpec[]): PromptReport {
  const base = tokens(baseInstructions);
  const items = input.map((item) => tokens(JSON.stringify(withoutMetadata(item))));
  const byTool = Object.fromEntries(tools.map((tool) => [toolName(tool), tokens(JSON.stringify(tool))]));
  const total = [base, ...items, ...Object.values(byTool)].reduce((sum, count) => sum + count, 0);
  return { input, tools, tokens: { baseInstructions: base, input: items, tools: byTool, total } };
}

const toolName = (tool: ToolSpec | JsonObject): string => ("name" in tool ? String(tool.name) : String(tool["type"]));

const tokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4);
