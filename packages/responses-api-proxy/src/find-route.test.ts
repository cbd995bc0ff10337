import { expect, test } from "bun:test";
import { findRoute } from "./find-route.ts";
import { parseUpstream } from "./parse-upstream.ts";

const routeTo = (url: string, env: Record<string, string>) => {
  const upstream = parseUpstream(url, "--upstream-url");
  return upstream.ok ? findRoute(upstream.value, env) : upstream;
};
const proxy = { HTTPS_PROXY: "http://me:p%40ss@proxy.test:3128", http_proxy: "proxy.test" };
const direct = { hostname: "api.test", port: 443, prefix: "", tls: { serverName: "api.test" } };

test("an https service is reached through a tunnel, a plain one by its whole URL", () => {
  const authorization = `Basic ${btoa("me:p@ss")}`;
  expect(routeTo("https://api.test/v1", proxy)).toEqual({
    ok: true,
    value: { ...direct, tunnel: { hostname: "proxy.test", port: 3128, authorization } },
  });
  expect(routeTo("http://api.test:81/v1", proxy)).toEqual({
    ok: true,
    value: { hostname: "proxy.test", port: 80, prefix: "http://api.test:81", proxyAuthorization: undefined },
  });
});

test.each([["api.test"], [".test"], ["*"], ["other, *.test"]])("NO_PROXY=%s leaves it out", (list) => {
  expect(routeTo("https://api.test/", { ...proxy, NO_PROXY: list })).toEqual({ ok: true, value: direct });
});

test("this machine is never reached through a proxy", () => {
  for (const host of ["127.0.0.1", "localhost", "[::1]"])
    expect(routeTo(`https://${host}/`, { ...proxy, HTTP_PROXY: "http://p.test" })).not.toHaveProperty("value.tunnel");
});

test("a proxy of another kind is refused, not passed by", () => {
  expect(routeTo("https://api.test/", { ALL_PROXY: "socks5://proxy.test" })).toMatchObject({ ok: false });
});
