import type { ModelEvent } from "@codex/model/model-event";
import type { ResponsesRequest } from "@codex/protocol/responses";
import type { TurnError } from "@codex/protocol/thread";
import type { OpenTurn } from "../thread/open-turn.ts";
import { threadItem } from "../turn/thread-item.ts";
import { turnError } from "../turn/turn-error.ts";

type Sampling = { stream(request: () => ResponsesRequest, signal: AbortSignal): AsyncIterable<ModelEvent> };

/** The model's words and nothing else of what it does. Retries are told; what it says is not shown. */
export async function askForSummary(
  turn: OpenTurn,
  sampling: Sampling,
  request: () => ResponsesRequest,
): Promise<{ ok: true; text: string } | { ok: false; error: TurnError }> {
  const about = { threadId: turn.threadId, turnId: turn.id };
  let text = "";
  for await (const event of sampling.stream(request, turn.signal)) {
    switch (event.type) {
      case "item": {
        const item = threadItem(event.item, event.itemId);
        if (item?.type === "agentMessage" && !item.incomplete) text = item.text;
        break;
      }
      case "completed":
        turn.addUsage(event.responseId, event.usage);
        break;
      case "rateLimits":
        turn.emit({ method: "account/rateLimits/updated", params: { rateLimits: event.snapshot } });
        break;
      case "retrying":
        text = "";
        turn.emit({ method: "error", params: { ...about, error: event.error, willRetry: true } });
        break;
      case "failed":
        return { ok: false, error: event.error };
      default:
    }
  }
  if (turn.signal.aborted) return { ok: false, error: turnError("interrupted") };
  return { ok: true, text };
}
