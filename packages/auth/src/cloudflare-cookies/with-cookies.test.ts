import type { Fetch } from "@codex/platform/fetch";
import { expect, test } from "bun:test";
import { createCookieJar } from "./cookie-jar.ts";
import { withCookies } from "./with-cookies.ts";

test("keeps Cloudflare's cookies alone, and replaces them", async () => {
  const { get } = service({
    "https://chatgpt.com/ck1": ["__cflb=west; Path=/", "sess=1; Path=/", "cf_chl_x=9; Path=/", "__cflbx=1; Path=/"],
    "https://chatgpt.com/ck2": ["__cflb=central; Path=/; Secure; HttpOnly; SameSite=None"],
  });
  expect([
    await get("https://chatgpt.com/ck1"),
    await get("https://chatgpt.com/ck2"),
    await get("https://chatgpt.com/ck3"),
  ]).toEqual([null, "__cflb=west; cf_chl_x=9", "__cflb=central; cf_chl_x=9"]);
});

test("takes each name that Cloudflare uses", async () => {
  const names =
    "__cf_bm __cflb __cfruid __cfseq __cfwaitingroom _cfuvid cf_clearance cf_ob_info cf_use_ob cf_chl_rc_i".split(" ");
  const { get } = service({ "https://chatgpt.com/": [...names, "CF_CLEARANCE", "oai-did"].map((name) => `${name}=1`) });
  await get("https://chatgpt.com/");
  expect(await get("https://chatgpt.com/")).toBe(names.map((name) => `${name}=1`).join("; "));
});

test.each([
  ["https://chatgpt.com/a", "https://chatgpt.com/b", true],
  ["https://ab.chatgpt.com/", "https://ab.chatgpt.com/", true],
  ["https://chat.openai.com/", "https://chat.openai.com/", true],
  ["https://x.chatgpt-staging.com/", "https://x.chatgpt-staging.com/", true],
  ["https://chatgpt.com/", "https://ab.chatgpt.com/", false],
  ["https://chatgpt.com/", "https://chat.openai.com/", false],
  ["https://chatgpt.com/", "http://chatgpt.com/", false],
  ["https://chatgpt.com/", "wss://chatgpt.com/", false],
  ["http://chatgpt.com/", "https://chatgpt.com/", false],
  ["https://foo.chat.openai.com/", "https://foo.chat.openai.com/", false],
  ["https://evilchatgpt.com/", "https://evilchatgpt.com/", false],
  ["https://chatgpt.com.evil.com/", "https://chatgpt.com.evil.com/", false],
  ["https://chatgpt.com@evil.com/", "https://chatgpt.com@evil.com/", false],
  ["https://chatgpt.com./", "https://chatgpt.com./", false],
  ["https://api.openai.com/", "https://api.openai.com/", false],
  ["https://auth.openai.com/", "https://auth.openai.com/", false],
  ["https://example.com/", "https://example.com/", false],
])("what %s sets is sent to %s: %p", async (from, to, sent) => {
  const { get } = service({ [from]: ["__cflb=1; Path=/"] });
  await get(from);
  expect(await get(to)).toBe(sent ? "__cflb=1" : null);
});

test("obeys domain, path and time", async () => {
  const { get, wait } = service({
    "https://a.chatgpt.com/x/y?q": [
      "__cf_bm=wide; Domain=.ChatGPT.com; Path=/",
      "_cfuvid=tld; Domain=com; Path=/",
      "__cfseq=other; Domain=chatgpt-staging.com; Path=/",
      "__cflb=folder",
      "__cfruid=brief; Path=/; Max-Age=5; Expires=Wed, 01 Jan 2070 00:00:00 GMT",
      "cf_clearance=past; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
      "cf_use_ob=0; Path=nonsense; Max-Age=nonsense",
    ],
    "https://chatgpt.com/end": ["__cf_bm=; Domain=chatgpt.com; Path=/; Max-Age=0"],
  });
  await get("https://a.chatgpt.com/x/y?q");
  const sent = {
    there: await get("https://a.chatgpt.com/x/z"),
    folder: await get("https://a.chatgpt.com/x"),
    beside: await get("https://a.chatgpt.com/xy"),
    parent: await get("https://chatgpt.com/"),
    staging: await get("https://chatgpt-staging.com/"),
  };
  wait(5_000);
  const later = await get("https://a.chatgpt.com/xy");
  await get("https://chatgpt.com/end");
  expect({ ...sent, later, ended: await get("https://b.chatgpt.com/") }).toEqual({
    there: "__cflb=folder; cf_use_ob=0; __cf_bm=wide; __cfruid=brief",
    folder: "__cflb=folder; cf_use_ob=0; __cf_bm=wide; __cfruid=brief",
    beside: "__cf_bm=wide; __cfruid=brief",
    parent: "__cf_bm=wide",
    staging: null,
    later: "__cf_bm=wide",
    ended: null,
  });
});

test("a caller's own cookies go out alone, and what the reply sets is kept all the same", async () => {
  const { get } = service({
    "https://chatgpt.com/a": ["__cflb=1; Path=/"],
    "https://chatgpt.com/b": ["__cflb=2; Path=/"],
  });
  await get("https://chatgpt.com/a");
  const own = await get("https://chatgpt.com/b", { CoOkIe: "mine=1" });
  const empty = await get("https://chatgpt.com/b", { cookie: "" });
  expect({ own, empty, next: await get("https://chatgpt.com/") }).toEqual({
    own: "mine=1",
    empty: "",
    next: "__cflb=2",
  });
});

test("the reply keeps its headers, and a jar has an end", async () => {
  const many = Array.from({ length: 300 }, (_, index) => `cf_chl_${index}=1; Path=/`);
  const { fetch, get } = service({ "https://chatgpt.com/": many });
  const reply = await fetch("https://chatgpt.com/", { redirect: "manual" });
  expect(reply.headers.getSetCookie()).toEqual(many);
  expect((await get("https://chatgpt.com/"))?.split("; ").length).toBe(200);
});

/** A network that answers with the cookies a table names, and tells which it was sent. */
function service(sets: Record<string, readonly string[]>) {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const network: Fetch = async (url, { headers }) => {
    const reply = new Response(new Headers(headers).get("cookie") ?? "none");
    for (const cookie of sets[url] ?? []) reply.headers.append("set-cookie", cookie);
    return reply;
  };
  const fetch = withCookies(
    createCookieJar(() => now),
    network,
  );
  const get = async (url: string, headers: Record<string, string> = {}): Promise<string | null> => {
    const text = await (await fetch(url, { redirect: "manual", headers })).text();
    return text === "none" ? null : text;
  };
  return { fetch, get, wait: (ms: number) => void (now += ms) };
}
