import type { ThreadItemOf } from "@codex/protocol/items";
import type { ThreadEvent } from "@codex/protocol/notifications";
import { itemCompleted, itemStarted } from "./item-events.ts";

type Place = { readonly threadId: string; readonly turnId: string };
type Message = ThreadItemOf<"agentMessage">;

/**
 * In plan mode a message may hold a plan, between lines that are `<proposed_plan>` and `</proposed_plan>`. Faces get it as an item
 * of its own, and the message without it; a message that is all plan is none. Gives what to tell in an event's place. The turn
 * has one plan, whose text is that of its last block. Source: notifications of the original 0.169.0.
 */
export function splitPlan(place: Place, now: () => number): (event: ThreadEvent) => ThreadEvent[] {
  const open = new Map<string, { start: ThreadEvent; lines: PlanLines; shown: boolean }>();
  const planId = `${place.turnId}-plan`;
  let planBegan: number | undefined;

  const beginPlan = (): ThreadEvent[] => {
    if (planBegan !== undefined) return [];
    planBegan = now();
    return [itemStarted({ type: "plan", id: planId, text: "" }, place, planBegan)];
  };
  const tell = (itemId: string, { inPlan, text: delta }: Piece): ThreadEvent[] => {
    const message = open.get(itemId);
    if (inPlan) return [...beginPlan(), { method: "item/plan/delta", params: { ...place, itemId: planId, delta } }];
    const start = message && !message.shown ? [message.start] : [];
    if (message) message.shown = true;
    return [...start, { method: "item/agentMessage/delta", params: { ...place, itemId, delta } }];
  };
  const complete = (event: ThreadEvent, item: Message): ThreadEvent[] => {
    const message = open.get(item.id);
    open.delete(item.id);
    const { text, plan } = readPlan(item.text);
    const ended: ThreadEvent[] = (message?.lines.end() ?? []).flatMap((piece) => tell(item.id, piece));
    if (plan !== undefined) {
      ended.push(...beginPlan());
      const times = { startedAtMs: planBegan ?? now(), completedAtMs: now() };
      ended.push(itemCompleted({ type: "plan", id: planId, text: plan }, place, times));
      planBegan = undefined;
    }
    if (text === "" && !message?.shown) return ended;
    if (message && !message.shown) ended.push(message.start);
    if (event.method === "item/completed") {
      ended.push({ method: "item/completed", params: { ...event.params, item: { ...item, text } } });
    }
    return ended;
  };

  return (event) => {
    switch (event.method) {
      case "item/started":
        if (event.params.item.type !== "agentMessage") return [event];
        open.set(event.params.item.id, { start: event, lines: new PlanLines(), shown: false });
        return [];
      case "item/agentMessage/delta": {
        const { itemId, delta } = event.params;
        const message = open.get(itemId);
        return message ? message.lines.feed(delta).flatMap((piece) => tell(itemId, piece)) : [event];
      }
      case "item/completed":
        return event.params.item.type === "agentMessage" ? complete(event, event.params.item) : [event];
      default:
        return [event];
    }
  };
}

/** A whole message: its text without plans, and the last plan in it. */
function readPlan(whole: string): { text: string; plan: string | undefined } {
  const lines = new PlanLines();
  let text = "";
  let plan: string | undefined;
  let blocks = 0;
  for (const piece of [...lines.feed(whole), ...lines.end()]) {
    if (!piece.inPlan) text += piece.text;
    else plan = piece.block === blocks ? (plan ?? "") + piece.text : piece.text;
    if (piece.inPlan) blocks = piece.block;
  }
  return { text, plan: plan ?? (lines.blocks > 0 ? "" : undefined) };
}

type Piece = { inPlan: boolean; text: string; block: number };

/** Tells the lines of plans from the others, in text that comes in any pieces. */
class PlanLines {
  /** How many plans have begun. */
  blocks = 0;
  #inPlan = false;
  /** The line so far where it may still become a tag. */
  #held: string | undefined = "";

  feed(text: string): Piece[] {
    const pieces: Piece[] = [];
    for (const part of text.split(/(?<=\n)/)) {
      const line = (this.#held ?? "") + part;
      const isWhole = line.endsWith("\n");
      if (this.#held === undefined) this.#put(pieces, part);
      else if (isWhole && line.trim() === this.#tag) this.#toggle();
      else if (!isWhole && this.#tag.startsWith(line.trim())) {
        this.#held = line;
        continue;
      } else this.#put(pieces, line);
      this.#held = isWhole ? "" : undefined;
    }
    return pieces;
  }

  end(): Piece[] {
    const pieces: Piece[] = [];
    const line = this.#held ?? "";
    if (line.trim() === this.#tag) this.#toggle();
    else if (line !== "") this.#put(pieces, line);
    this.#held = "";
    return pieces;
  }

  get #tag(): string {
    return this.#inPlan ? "</proposed_plan>" : "<proposed_plan>";
  }

  #toggle(): void {
    this.#inPlan = !this.#inPlan;
    if (this.#inPlan) this.blocks++;
  }

  /** Neighbours of one kind are one piece. */
  #put(pieces: Piece[], text: string): void {
    const last = pieces.at(-1);
    if (last?.inPlan === this.#inPlan && last.block === this.blocks) last.text += text;
    else pieces.push({ inPlan: this.#inPlan, text, block: this.blocks });
  }
}
