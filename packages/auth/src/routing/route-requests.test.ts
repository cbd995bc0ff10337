import { err, ok } from "@codex/protocol/result";
import { expect, test } from "bun:test";
import type { BackendHttp } from "../backend/open-backend.ts";
import { routeRequests, type RouteDeps } from "./route-requests.ts";
import type { RememberedRoutes } from "./remembered-routes.ts";

const hour = 3_600_000;
const here = {
  id: "acct-1",
  workspace_backend_origin: "https://chatgpt.com",
  account_routing_override: "NO_CONSTRAINT",
};
const us = { ...here, workspace_backend_origin: "https://us.chatgpt.com", account_routing_override: "us" };

test("asks once for all who ask at the same time, and again after an hour", async () => {
  const { route, wait, asked } = world({ accounts: [us] });
  const routed = ok({ origin: "https://us.chatgpt.com", headers: { "x-openai-account-routing-override": "us" } });
  expect(await Promise.all([route(), route(), route()])).toEqual([routed, routed, routed]);
  wait(hour - 1);
  await route();
  expect(asked()).toBe(1);
  wait(1);
  await route();
  expect(asked()).toBe(2);
});

test("reads accounts by id, and a place that is everywhere", async () => {
  const anywhere = { ...here, workspace_backend_origin: "NO_CONSTRAINT" };
  const { route } = world({ accounts: { other: { account: us }, "acct-1": { account: anywhere } } });
  // the other has the same id
  expect(await route()).toEqual(ok({ headers: {} }));
  const { route: alone } = world({ accounts: { "acct-1": { account: { ...anywhere, account_id: "acct-1" } } } });
  expect(await alone()).toEqual(ok({ origin: undefined, headers: {} }));
});

test("goes where it goes anyway when the service does not answer, and asks again after a minute", async () => {
  const { route, wait, asked, answer } = world(undefined);
  expect([await route(), await route()]).toEqual([ok({ headers: {} }), ok({ headers: {} })]);
  expect(asked()).toBe(1);
  wait(60_000);
  answer({ accounts: [here] });
  expect(await route()).toEqual(ok({ origin: "https://chatgpt.com", headers: {} }));
  expect(asked()).toBe(2);
});

test("keeps to what it was told last while the service does not answer", async () => {
  const { route, wait, answer } = world({ accounts: [us] });
  const first = await route();
  answer(undefined);
  wait(48 * hour);
  expect(await route()).toEqual(first);
});

test.each([
  ["nothing is answered and data must stay", { residency: "us" as const }, false, undefined],
  ["nothing is answered to a FedRAMP account", {}, true, undefined],
  [
    "the account is bound in a way we do not know",
    {},
    false,
    { accounts: [{ ...us, account_routing_override: "eu" }] },
  ],
  [
    "the account is bound to no address",
    {},
    false,
    { accounts: [{ ...us, workspace_backend_origin: "us.chatgpt.com" }] },
  ],
  ["the address has a path", {}, false, { accounts: [{ ...us, workspace_backend_origin: "https://a.b/c" }] }],
  ["the address has a user", {}, false, { accounts: [{ ...us, workspace_backend_origin: "https://u@a.b" }] }],
])("sends nothing when %s", async (_what, deps, fedramp, answer) => {
  const routed = await world(answer, deps).route(fedramp);
  expect(routed).toMatchObject({ ok: false });
  expect(routed.ok ? "" : routed.error).toStartWith("Workspace routing discovery failed: ");
});

test("sends on what is allowed under the same demands", async () => {
  expect(await world({ accounts: [us] }, { residency: "us" }).route()).toMatchObject({ ok: true });
  expect(await world({ accounts: [here] }, { residency: "us" }).route()).toMatchObject({ ok: true });
  const bound = { ...us, account_routing_override: "us_cr" };
  expect(await world({ accounts: [bound] }, {}).route(true)).toMatchObject({ ok: true });
});

/** An account, and a service that answers as it is told. */
function world(first: unknown, demands: Partial<Pick<RouteDeps, "residency">> = {}) {
  let now = 1_000_000;
  let count = 0;
  let reply = first;
  const memory = new Map<string, ReturnType<RememberedRoutes["read"]>>();
  const http: BackendHttp = async ({ url, headers }) => {
    expect(url).toBe("https://chatgpt.com/backend-api/wham/accounts/check");
    expect(headers).toMatchObject({
      authorization: "Bearer token",
      "chatgpt-account-id": "acct-1",
      "user-agent": "ua",
    });
    count++;
    if (reply === undefined) return err({ kind: "refused", cause: "connection refused" });
    return ok({ status: 200, headers: new Headers(), text: JSON.stringify(reply) });
  };
  const ask = routeRequests({
    base: "https://chatgpt.com/backend-api/",
    residency: undefined,
    ...demands,
    http,
    userAgent: () => "ua",
    remembered: {
      read: (key) => memory.get(key),
      write: (key, route, askedAt) => void memory.set(key, { route, askedAt }),
    },
    now: () => now,
    debug: () => undefined,
  });
  const account = { accountId: "acct-1", userId: undefined, email: undefined, planType: undefined };
  return {
    route: (fedramp = false) => ask({ ...account, fedramp }, "token"),
    asked: () => count,
    wait: (ms: number) => void (now += ms),
    answer: (next: unknown) => void (reply = next),
  };
}
