import type { ModelEvent } from "@codex/model/model-event";
import { isToolCall, type ResponseItem, type ToolCallItem } from "@codex/protocol/responses";
import type { TurnError } from "@codex/protocol/thread";
import { closeCutItems, mapModelEvent, type OpenItems } from "./map-model-event.ts";
import type { Reply, Turn, TurnDeps } from "./turn.ts";

/**
 * One request to the model. A tool starts as soon as its item has arrived, before the response has ended, and is never
 * started twice: when the stream breaks, what it had delivered and the tools' outputs are part of the next attempt.
 */
export async function sample(turn: Turn, deps: TurnDeps): Promise<Reply> {
  const open: OpenItems = new Map();
  const at = () => ({ threadId: turn.threadId, turnId: turn.id, now: deps.clock.now() });
  const running: { call: ToolCallItem; output: Promise<ResponseItem> }[] = [];
  const calls: { call: ToolCallItem; output: ResponseItem }[] = [];
  let goOn = false;
  let failure: TurnError | undefined;
  let limits: ModelEvent | undefined;

  const tell = (event: ModelEvent): void => {
    for (const notification of mapModelEvent(event, at(), open)) turn.emit(notification);
  };
  /** The limits come with a reply's first bytes, but faces hear of them when it is over and its calls are answered. */
  const tellLimits = (): void => {
    if (limits) tell(limits);
    limits = undefined;
  };
  /** In the order of the calls, whichever finished first. */
  const settle = async (): Promise<void> => {
    for (const { call, output } of running.splice(0)) {
      calls.push({ call, output: await output });
      turn.append([await output]);
    }
  };

  for await (const event of deps.model.stream(() => turn.request(), turn.signal)) {
    switch (event.type) {
      case "rateLimits":
        limits = event;
        continue;
      case "item":
        turn.append([event.item]);
        break;
      case "retrying":
        await settle();
        // The next attempt's reply will have seen these: they ask for no further request.
        calls.length = 0;
        tellLimits();
        break;
      case "failed":
        failure = event.error;
        tellLimits();
        break;
      case "completed":
        goOn = event.goOn;
        turn.addUsage(event.responseId, event.usage);
        break;
    }
    tell(event);
    if (event.type === "item" && isToolCall(event.item)) {
      running.push({ call: event.item, output: deps.tools.dispatch(event.item) });
    }
  }

  for (const notification of closeCutItems(at(), open)) turn.emit(notification);
  await settle();
  turn.tellUsage();
  tellLimits();
  return failure ? { calls, goOn, failure } : { calls, goOn };
}
