import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "@codex/platform/sha256";
import { ok } from "@codex/protocol/result";
import type { Keyring } from "./keyring-store.ts";
import { openStore } from "./open-store.ts";

const folder = () => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "codex-keyring-")));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
};

function fakeKeyring(): Keyring & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: async (service, account) => entries.get(`${service} ${account}`) ?? null,
    set: async (service, account, value) => void entries.set(`${service} ${account}`, value),
    delete: async (service, account) => entries.delete(`${service} ${account}`),
  };
}

const broken: Keyring = {
  get: () => Promise.reject(new Error("no keyring here")),
  set: () => Promise.reject(new Error("no keyring here")),
  delete: () => Promise.reject(new Error("no keyring here")),
};

test("a login in the keyring is compact, one for each home, and takes the file's place", async () => {
  using home = folder();
  const keyring = fakeKeyring();
  const file = await openStore("file", home.path);
  await file.save('{\n  "a": 1\n}');
  const store = await openStore("keyring", home.path, keyring);
  expect(store.load()).toEqual(ok(undefined));

  expect(await store.save('{\n  "a": 2\n}')).toEqual(ok(undefined));
  expect([...keyring.entries]).toEqual([[`Codex Auth cli|${sha256(home.path).slice(0, 16)}`, '{"a":2}']]);
  expect(existsSync(join(home.path, "auth.json"))).toBe(false);
  const other = await openStore("keyring", home.path, keyring);
  expect(other.load()).toEqual(ok('{"a":2}'));
  expect(await other.remove()).toEqual(ok(true));
  expect(await store.look()).toEqual(ok(undefined));
  expect(await store.remove()).toEqual(ok(false));
});

test("without a keyring `keyring` says so and `auto` takes the file", async () => {
  using home = folder();
  const strict = await openStore("keyring", home.path, broken);
  const refusal = await strict.save("{}");
  expect(!refusal.ok && refusal.error).toBe("failed to write OAuth tokens to keyring: no keyring here");
  const unread = strict.load();
  expect(!unread.ok && unread.error).toBe("failed to load CLI auth from keyring: no keyring here");

  const auto = await openStore("auto", home.path, broken);
  expect(await auto.save('{"a":3}')).toEqual(ok(undefined));
  expect(readFileSync(join(home.path, "auth.json"), "utf8")).toBe('{"a":3}');
  expect(auto.load()).toEqual(ok('{"a":3}'));
  expect(await auto.remove()).toEqual(ok(true));
});

test("an ephemeral login is this process's", async () => {
  using home = folder();
  const store = await openStore("ephemeral", home.path);
  await store.save("{}");
  expect([store.load(), store.lasting, existsSync(join(home.path, "auth.json"))]).toEqual([ok("{}"), false, false]);
});
