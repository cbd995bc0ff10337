import type { BackendFailure } from "@codex/auth/backend/open-backend";
import { err, ok } from "@codex/protocol/result";
import { expect, test } from "bun:test";
import { readUsage } from "./read-usage.ts";

const window = (used: number, seconds: number) => ({ used_percent: used, limit_window_seconds: seconds, reset_at: 9 });

const nothing = {
  limitName: null,
  normalModelSlug: null,
  primary: null,
  secondary: null,
  credits: null,
  individualLimit: null,
  spendControlReached: null,
  rateLimitReachedType: null,
};

const missing: BackendFailure = { kind: "refused", url: "u", status: 404, contentType: "", body: "" };

/** A service with two answers; tells which were asked for. */
const read = async (usage: unknown, credits?: unknown, creditDetails = true) => {
  const asked: string[] = [];
  const result = await readUsage(
    { creditDetails },
    {
      base: "https://chatgpt.com/backend-api/",
      owner: { accountId: "acct-1", userId: "user-1" },
      planOf: (plan) => (plan === "odd" ? "unknown" : plan),
      ask: async ({ url }) => {
        asked.push(url);
        const answer = url.endsWith("/usage") ? usage : credits;
        return answer === undefined ? err(missing) : ok(answer);
      },
    },
  );
  return { asked, result };
};

test("reads an account's limits as the service tells them", async () => {
  const { asked, result } = await read(
    {
      plan_type: "pro",
      account_id: "acct-1",
      rate_limit: { primary_window: window(12, 18_000), secondary_window: window(34, 61) },
      additional_rate_limits: [
        { limit_name: "Big", metered_feature: "codex_big", rate_limit: { primary_window: window(100, 0) } },
        { limit_name: "None", metered_feature: "codex_none", rate_limit: null },
      ],
      credits: { has_credits: true, unlimited: false, balance: "12.5" },
      rate_limit_reached_type: { type: "rate_limit_reached" },
      spend_control: {
        reached: true,
        individual_limit: { limit: "100", used: "20", remaining: "80", remaining_percent: 80, reset_at: 7 },
      },
    },
    {
      available_count: 1,
      credits: [
        { id: "c1", reset_type: "codex_rate_limits", status: "available", granted_at: "2026-01-01T00:00:00Z" },
        { id: "c2", reset_type: "other", status: "other", granted_at: "1970-01-01T00:00:01.5Z", title: "t" },
      ],
    },
  );
  const codex = {
    ...nothing,
    limitId: "codex",
    primary: { usedPercent: 12, windowDurationMins: 300, resetsAt: 9 },
    secondary: { usedPercent: 34, windowDurationMins: 2, resetsAt: 9 },
    credits: { hasCredits: true, unlimited: false, balance: "12.5" },
    individualLimit: { limit: "100", used: "20", remainingPercent: 80, resetsAt: 7 },
    spendControlReached: true,
    planType: "pro",
    rateLimitReachedType: "rate_limit_reached",
  };
  expect(asked.sort()).toEqual([
    "https://chatgpt.com/backend-api/wham/rate-limit-reset-credits",
    "https://chatgpt.com/backend-api/wham/usage",
  ]);
  expect(result).toEqual(
    ok({
      ordinaryUsageAllowed: null,
      rateLimits: codex,
      rateLimitsByLimitId: {
        codex,
        codex_big: {
          ...nothing,
          limitId: "codex_big",
          limitName: "Big",
          primary: { usedPercent: 100, windowDurationMins: null, resetsAt: 9 },
          planType: "pro",
        },
        codex_none: { ...nothing, limitId: "codex_none", limitName: "None", planType: "pro" },
      },
      rateLimitResetCredits: {
        availableCount: 1,
        credits: [
          {
            id: "c1",
            resetType: "codexRateLimits",
            status: "available",
            grantedAt: 1_767_225_600,
            expiresAt: null,
            title: null,
            description: null,
          },
          {
            id: "c2",
            resetType: "unknown",
            status: "unknown",
            grantedAt: 1,
            expiresAt: null,
            title: "t",
            description: null,
          },
        ],
      },
      accountId: "acct-1",
      rateLimitUpsell: null,
    }),
  );
});

test("does without the single credits, and takes what it does not know for unknown", async () => {
  const usage = {
    plan_type: "odd",
    rate_limit: null,
    rate_limit_reached_type: { type: "strange" },
    rate_limit_reset_credits: { available_count: 2 },
  };
  const expected = expect.objectContaining({
    rateLimits: { ...nothing, limitId: "codex", planType: "unknown" },
    rateLimitResetCredits: { availableCount: 2, credits: null },
    accountId: null,
  });
  expect((await read(usage)).result).toEqual(ok(expected));
  const brief = await read(usage, { available_count: 9 }, false);
  expect(brief).toEqual({ asked: ["https://chatgpt.com/backend-api/wham/usage"], result: ok(expected) });
});

test("passes on why there is no answer", async () => {
  expect((await read(undefined, { available_count: 1 })).result).toEqual(err(missing));
  expect((await read({}, { available_count: 1 })).result).toMatchObject({ ok: false, error: { kind: "unreadable" } });
});

test("says whether one may go on as usual of the person who asked alone", async () => {
  const ofAda = { plan_type: "pro", user_id: "user-1", account_id: "acct-1" };
  const may = async (answer: object) => {
    const { result } = await read({ rate_limit: { allowed: false }, ...answer });
    return result.ok ? result.value.ordinaryUsageAllowed : undefined;
  };
  expect(await may(ofAda)).toBe(false);
  expect(await may({ ...ofAda, rate_limit: { allowed: true } })).toBe(true);
  expect(await may({ ...ofAda, rate_limit: null })).toBeNull();
  expect(await may({ ...ofAda, user_id: "user-2" })).toBeNull();
  expect(await may({ ...ofAda, account_id: "acct-2" })).toBeNull();
});
