import type { ThreadEvent, Usage } from "./thread-event.ts";
import type { ThreadItem } from "./thread-item.ts";

/** A turn that is over. */
export type Turn = {
  /** Every completed item, in order. */
  items: ThreadItem[];
  /** The last thing the agent said, or "" where it said nothing. */
  finalResponse: string;
  /** Null where the program gave no figures. */
  usage: Usage | null;
};

/** The same by the name of the method that gives it. */
export type RunResult = Turn;

/** Reads the events to their end. Throws what their stream throws. */
export async function gatherTurn(events: AsyncIterable<ThreadEvent>): Promise<Turn> {
  const turn: Turn = { items: [], finalResponse: "", usage: null };
  for await (const event of events) {
    if (event.type === "turn.completed") turn.usage = event.usage;
    if (event.type !== "item.completed") continue;
    turn.items.push(event.item);
    if (event.item.type === "agent_message") turn.finalResponse = event.item.text;
  }
  return turn;
}
