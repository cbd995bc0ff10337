import { canonicalPath } from "@codex/platform/canonical-path";
import type { FileChange } from "./net-changes.ts";
import { addChanges, type TurnChanges } from "./turn-diff.ts";

/** What is remembered of a thread's patches from one to the next. One for a thread, shared by all ways to apply a patch. */
export class PatchMemory {
  /** Canonical paths that the user has granted for the session. */
  readonly approved = new Set<string>();
  readonly #roots = new Map<string, string | undefined>();
  #turnId = "";
  #changes: TurnChanges = new Map();

  /** Give the session's roots, TMPDIR too, at its start: before the model can put a link in the place of one. */
  constructor(roots: readonly string[] = []) {
    for (const root of roots) this.canonicalRoot(root);
  }

  /**
   * Where a root was when it was first asked for. A root inside another root can be replaced by a link to anywhere, which
   * must not move the bounds of the session.
   */
  canonicalRoot(path: string): string | undefined {
    if (!this.#roots.has(path)) {
      const place = canonicalPath(path);
      this.#roots.set(path, place.ok ? place.value : undefined);
    }
    return this.#roots.get(path);
  }

  /** Adds an applied patch to its turn, forgetting the turn before, and gives all of the turn's changes. */
  record(turnId: string, patch: ReadonlyMap<string, FileChange>): TurnChanges {
    const known = turnId === this.#turnId ? this.#changes : new Map<string, FileChange>();
    this.#turnId = turnId;
    this.#changes = addChanges(known, patch);
    return this.#changes;
  }
}
