import { describe, expect, test } from "bun:test";
import { rateLimitsOfEvent, rateLimitsOfHeaders } from "./rate-limits.ts";

const unknown = {
  limitId: "codex",
  limitName: null,
  normalModelSlug: null,
  primary: null,
  secondary: null,
  credits: null,
  individualLimit: null,
  spendControlReached: null,
  planType: null,
  rateLimitReachedType: null,
};

describe("rateLimitsOfHeaders", () => {
  test("is all unknown where the server tells nothing", () => {
    expect(rateLimitsOfHeaders(new Headers())).toEqual(unknown);
  });

  test("reads windows and credits", () => {
    const headers = new Headers({
      "x-codex-primary-used-percent": "12.5",
      "x-codex-primary-window-minutes": "300",
      "x-codex-primary-reset-at": "1795300000",
      "x-codex-secondary-used-percent": "0",
      "x-codex-secondary-window-minutes": "0",
      "x-codex-credits-has-credits": "True",
      "x-codex-credits-unlimited": "false",
      "x-codex-credits-balance": "7.50",
      "x-codex-rate-limit-reached-type": "rate_limit_reached",
    });
    expect(rateLimitsOfHeaders(headers)).toEqual({
      ...unknown,
      primary: { usedPercent: 12.5, windowDurationMins: 300, resetsAt: 1795300000 },
      credits: { hasCredits: true, unlimited: false, balance: "7.50" },
      rateLimitReachedType: "rate_limit_reached",
    });
  });

  test("takes what is no number for unknown", () => {
    expect(rateLimitsOfHeaders(new Headers({ "x-codex-primary-used-percent": "lots" })).primary).toBeNull();
  });
});

test("rateLimitsOfEvent reads the same from an event", () => {
  const event = {
    plan_type: "plus",
    rate_limits: { secondary: { used_percent: 1, window_minutes: 10_080, reset_at: 5 } },
    credits: { has_credits: false, unlimited: false, balance: null },
  };
  expect(rateLimitsOfEvent(event)).toEqual({
    ...unknown,
    planType: "plus",
    secondary: { usedPercent: 1, windowDurationMins: 10_080, resetsAt: 5 },
    credits: { hasCredits: false, unlimited: false, balance: null },
  });
});
