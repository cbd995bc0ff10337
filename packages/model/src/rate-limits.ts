import { isObject } from "@codex/protocol/json";
import type { RateLimitSnapshot } from "@codex/protocol/rate-limits";

/**
 * The account's limits as a reply's headers tell them (`x-codex-primary-used-percent` and its like). A server that tells
 * none gives a snapshot of nulls, which the original passes on as well.
 */
export function rateLimitsOfHeaders(headers: Headers): RateLimitSnapshot {
  const text = (name: string): string | null => headers.get(`x-codex-${name}`);
  return {
    ...unknownLimits,
    limitName: text("limit-name"),
    primary: readWindow(
      readNumber(text("primary-used-percent")),
      readNumber(text("primary-window-minutes")),
      readNumber(text("primary-reset-at")),
    ),
    secondary: readWindow(
      readNumber(text("secondary-used-percent")),
      readNumber(text("secondary-window-minutes")),
      readNumber(text("secondary-reset-at")),
    ),
    credits: readCredits(
      readFlag(text("credits-has-credits")),
      readFlag(text("credits-unlimited")),
      text("credits-balance"),
    ),
    rateLimitReachedType: text("rate-limit-reached-type"),
  };
}

/** The same from a `codex.rate_limits` event. */
export function rateLimitsOfEvent(event: Record<string, unknown>): RateLimitSnapshot {
  const limits = asObject(event["rate_limits"]);
  const credits = asObject(event["credits"]);
  return {
    ...unknownLimits,
    limitName: readText(event["limit_name"]),
    primary: readEventWindow(limits["primary"]),
    secondary: readEventWindow(limits["secondary"]),
    credits: readCredits(credits["has_credits"], credits["unlimited"], readText(credits["balance"])),
    planType: readText(event["plan_type"]),
  };
}

const unknownLimits: RateLimitSnapshot = {
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

function readEventWindow(value: unknown): RateLimitSnapshot["primary"] {
  const window = asObject(value);
  return readWindow(
    readNumber(window["used_percent"]),
    readNumber(window["window_minutes"]),
    readNumber(window["reset_at"]),
  );
}

/** Servers send a window of zeros where there is none. */
function readWindow(usedPercent: number | null, minutes: number | null, resetsAt: number | null) {
  if (usedPercent === null || (usedPercent === 0 && !minutes && resetsAt === null)) return null;
  return { usedPercent, windowDurationMins: minutes, resetsAt };
}

function readCredits(hasCredits: unknown, unlimited: unknown, balance: string | null): RateLimitSnapshot["credits"] {
  if (typeof hasCredits !== "boolean" || typeof unlimited !== "boolean") return null;
  return { hasCredits, unlimited, balance };
}

const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

const readText = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

function readNumber(value: unknown): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

function readFlag(text: string | null): boolean | undefined {
  const word = text?.toLowerCase();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : undefined;
}
