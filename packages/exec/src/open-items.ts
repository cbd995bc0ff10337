import type { ExecItem } from "./exec-event.ts";

type ShownItem = { id: string } & ExecItem;

/** Characters of output that are kept of a command; as much as its completed item would show. */
const longestOutput = 1024 * 1024;

/** What has begun and not ended. A command may outlive its turn, but not the run, which ends it: so it is closed with the turn. */
export class OpenItems {
  readonly #items = new Map<string, ShownItem>();

  begin(itemId: string, item: ShownItem): void {
    this.#items.set(itemId, item);
  }

  addOutput(itemId: string, text: string): void {
    const item = this.#items.get(itemId);
    if (item?.type !== "command_execution" || item.aggregated_output.length >= longestOutput) return;
    const aggregated_output = (item.aggregated_output + text).slice(0, longestOutput);
    this.#items.set(itemId, { ...item, aggregated_output });
  }

  end(itemId: string): void {
    this.#items.delete(itemId);
  }

  /** What is still open, as it ends now: without a result of its own. */
  close(): ShownItem[] {
    const left = [...this.#items.values()];
    this.#items.clear();
    return left.map((item) => ("status" in item ? { ...item, status: "failed" } : item));
  }
}
