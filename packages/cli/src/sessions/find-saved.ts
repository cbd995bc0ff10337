import type { ProtocolClient } from "@codex/app-server/client";
import { isUuid } from "@codex/platform/ids";
import { ok, type Result } from "@codex/protocol/result";

/** Where to look: among the archived, the others, or both in that order. */
export type Shelf = "active" | "archived";

/** The id of the session that was meant: a UUID as it is, a name by the session changed last that bears it; undefined for none. */
export async function findSaved(
  client: ProtocolClient,
  which: string,
  shelves: readonly Shelf[],
): Promise<Result<string | undefined>> {
  if (isUuid(which)) return ok(which.toLowerCase());
  for (const shelf of shelves) {
    const named = await client.request("thread/list", {
      archived: shelf === "archived",
      searchTerm: which,
      sortKey: "updated_at",
      limit: 100,
      modelProviders: [],
      sourceKinds: ["cli", "vscode", "exec", "appServer", "unknown"],
    });
    if (!named.ok) return named;
    const exact = named.value.data.find((thread) => thread.name === which);
    if (exact) return ok(exact.id);
  }
  return ok(undefined);
}
