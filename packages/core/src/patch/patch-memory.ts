import type { FileChange } from "./net-changes.ts";
import { addChanges, type TurnChanges } from "./turn-diff.ts";

/** What is remembered of a thread's patches from one to the next. One for a thread, shared by all ways to apply a patch. */
export class PatchMemory {
  /** Canonical paths that the user has granted for the session. */
  readonly approved = new Set<string>();
  #turnId = "";
  #changes: TurnChanges = new Map();

  /** Adds an applied patch to its turn, forgetting the turn before, and gives all of the turn's changes. */
  record(turnId: string, patch: ReadonlyMap<string, FileChange>): TurnChanges {
    const known = turnId === this.#turnId ? this.#changes : new Map<string, FileChange>();
    this.#turnId = turnId;
    this.#changes = addChanges(known, patch);
    return this.#changes;
  }
}
