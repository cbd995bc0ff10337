import { expect, test } from "bun:test";
import { canConnect, usesProxy } from "./can-connect.ts";

test("canConnect tells an open port from a closed one", async () => {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const url = `http://127.0.0.1:${server.port}/v1`;
  expect(await canConnect(url, 2_000)).toBe(true);
  await server.stop(true);
  expect(await canConnect(url, 2_000)).toBe(false);
});

test("usesProxy reads the usual variables in both spellings", () => {
  expect([usesProxy({ https_proxy: "http://p" }), usesProxy({ HTTP_PROXY: "http://p" })]).toEqual([true, true]);
  expect([usesProxy({}), usesProxy({ HTTPS_PROXY: "" })]).toEqual([false, false]);
});
