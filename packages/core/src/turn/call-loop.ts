import type { ResponseItem, ToolCallItem } from "@codex/protocol/responses";
import type { TurnError } from "@codex/protocol/thread";
import { turnError } from "./turn-error.ts";

/** A model that makes the same calls and gets the same answers this many times in a row will not stop by itself. */
const limit = 200;

/** Notices a model that is caught in a loop. Waiting for a running command is not one. */
export class CallLoop {
  #last = "";
  #times = 0;

  see(calls: readonly { call: ToolCallItem; output: ResponseItem }[]): TurnError | undefined {
    const seen = JSON.stringify(calls.map(({ call, output }) => [signature(call), outputText(output)]));
    const waiting = seen.includes("Process running with session ID");
    this.#times = calls.length > 0 && seen === this.#last && !waiting ? this.#times + 1 : 1;
    this.#last = seen;
    if (this.#times < limit) return undefined;
    const name = calls[0]?.call.name ?? "";
    return turnError(
      `The model made the same call (${name}) ${limit} times in a row with the same result, so the turn was stopped.`,
    );
  }
}

const signature = (call: ToolCallItem): string =>
  `${call.name}\n${call.type === "function_call" ? call.arguments : call.input}`;

/** Without the lines that differ from run to run. */
function outputText(item: ResponseItem): unknown {
  const output = "output" in item ? item.output : undefined;
  return typeof output === "string" ? output.replace(/^(Chunk ID|Wall time): .*$/gm, "") : output;
}
