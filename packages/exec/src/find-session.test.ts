import { expect, test } from "bun:test";
import type { ProtocolClient } from "@codex/app-server/client";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { findSession } from "./find-session.ts";

type Listed = { id: string; name: string | null };

/** A client that knows these threads, newest first, and notes what it is asked. */
function clientWith(threads: readonly Listed[]) {
  const asked: unknown[] = [];
  const client = {
    request: async (_method: string, params: { limit?: number; searchTerm?: string }) => {
      asked.push(params);
      const { searchTerm, limit } = params;
      const found = threads.filter(({ name }) => searchTerm === undefined || name?.includes(searchTerm));
      return ok({ data: found.slice(0, limit) });
    },
  };
  return { asked, client: client as unknown as ProtocolClient };
}

const id = "01a1fc61-0000-7000-8000-00000000000a";

test("an id is taken as it is", async () => {
  const { client, asked } = clientWith([]);
  expect(await findSession(client, { type: "fork", session: id }, "/w")).toEqual(ok(id));
  expect(asked).toEqual([]);
});

test("a name is the newest thread that bears exactly it", async () => {
  const { client } = clientWith([
    { id: "1", name: "fix the tests" },
    { id: "2", name: "fix" },
    { id: "3", name: "fix" },
  ]);
  expect(await findSession(client, { type: "resume", session: "fix", allFolders: false }, "/w")).toEqual(ok("2"));
});

test("an unknown name is an error that names those near it", async () => {
  const { client } = clientWith([
    { id: "1", name: "parser" },
    { id: "2", name: null },
  ]);
  const found = await findSession(client, { type: "resume", session: "parsr", allFolders: false }, "/w");
  expect(found).toEqual(err(fail("noSuchName", "parsr", ' Did you mean "parser"?')));
  const far = await findSession(client, { type: "fork", session: "zzzzzz" }, "/w");
  expect(far).toEqual(err(fail("noSuchName", "zzzzzz", "")));
});

test("without a name it is the newest, of this folder or of all, or none", async () => {
  const { client, asked } = clientWith([
    { id: "1", name: null },
    { id: "2", name: null },
  ]);
  const last = (allFolders: boolean) => findSession(client, { type: "resume", session: undefined, allFolders }, "/w");
  expect(await last(false)).toEqual(ok("1"));
  expect(await last(true)).toEqual(ok("1"));
  expect(asked).toEqual([
    expect.objectContaining({ limit: 1, cwd: "/w", sortKey: "updated_at" }),
    expect.objectContaining({ limit: 1, cwd: null, sortKey: "updated_at" }),
  ]);
  const nobody = clientWith([]).client;
  expect(await findSession(nobody, { type: "resume", session: undefined, allFolders: true }, "/w")).toEqual(
    ok(undefined),
  );
});
