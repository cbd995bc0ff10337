import { expect, test } from "bun:test";
import { refreshDue } from "./when-to-refresh.ts";

const now = Date.UTC(2026, 10, 21);
const day = 24 * 3600 * 1000;
const token = (claims: unknown) => `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.y`;
const endsIn = (seconds: number) => ({ accessToken: token({ exp: now / 1000 + seconds }) });
const endless = { accessToken: token({}) };

test.each([
  ["a token that ends in 200 s", endsIn(200), undefined, "proactive_expiry"],
  ["one that ends in 400 s, however old", endsIn(400), now - 9 * day, undefined],
  ["one without an end, 7.9 days after the last refresh", endless, now - 7.9 * day, undefined],
  ["one without an end, 8.1 days after", endless, now - 8.1 * day, "scheduled"],
  ["one without an end or a date", endless, undefined, undefined],
  ["an opaque one, 8.1 days after", { accessToken: "opaque" }, now - 8.1 * day, "scheduled"],
])("%s", (_, tokens, lastRefresh, reason) => {
  expect(refreshDue(tokens, lastRefresh, now)).toBe(reason as ReturnType<typeof refreshDue>);
});
