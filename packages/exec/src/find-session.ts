import type { ProtocolClient } from "@codex/app-server/client";
import { nearNames } from "@codex/core/store/near-names";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Thread } from "@codex/protocol/thread";
import type { SessionChoice } from "./options.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the thread that was meant: a UUID as it is, a name by the newest thread that bears it, nothing by the newest
 * thread of this folder. Undefined only where there is no session at all to take as the newest.
 */
export async function findSession(
  client: ProtocolClient,
  choice: Exclude<SessionChoice, { type: "new" }>,
  cwd: string,
): Promise<Result<string | undefined>> {
  if (choice.session === undefined) {
    const anyFolder = choice.type === "resume" && choice.allFolders;
    const newest = await client.request("thread/list", { ...any, limit: 1, cwd: anyFolder ? null : cwd });
    return newest.ok ? ok(newest.value.data[0]?.id) : newest;
  }
  if (uuid.test(choice.session)) return ok(choice.session);
  const named = await client.request("thread/list", { ...any, searchTerm: choice.session, limit: manyThreads });
  if (!named.ok) return named;
  const exact = named.value.data.find((thread) => thread.name === choice.session);
  if (exact) return ok(exact.id);
  const all = await client.request("thread/list", { ...any, limit: manyThreads });
  return err(fail("noSuchName", choice.session, all.ok ? didYouMean(choice.session, all.value.data) : ""));
}

/** Whatever face began a session, and whoever its model was from: the one changed last comes first. */
const any = {
  sortKey: "updated_at",
  modelProviders: [],
  sourceKinds: ["cli", "vscode", "exec", "appServer", "unknown"],
} satisfies Params<"thread/list">;

/** The most a list gives. Enough to find a slip of the pen in: names are rare, and given to what is still in use. */
const manyThreads = 100;

function didYouMean(wanted: string, threads: readonly Thread[]): string {
  const names = new Set(threads.flatMap(({ name }) => (name === null ? [] : [name])));
  const near = nearNames(wanted, [...names]).map((name) => `"${name}"`);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}
