import { describe, expect, test } from "bun:test";
import { describeFailure } from "./describe-failure.ts";
import type { Failure, FailureKind } from "./failure.ts";
import { planRetry, retryLimits } from "./retry.ts";

const evenly = () => 0.5;

/** The waits of a failure that never ends, in milliseconds. */
function waits(failure: Failure, limits = retryLimits(undefined, undefined)): number[] {
  const delays: number[] = [];
  for (;;) {
    const retry = planRetry(failure, delays.length, limits, evenly);
    if (retry === undefined) return delays;
    delays.push(retry.delayMs);
  }
}

const fiveTimes = [200, 400, 800, 1600, 3200];

/** Condition → waits between its requests, and the sentence at the end. */
const matrix: Record<FailureKind, { failure: Partial<Failure>; waits: number[]; says: string; info: unknown }> = {
  noToken: { failure: {}, waits: [], says: "m", info: "unauthorized" },
  unreachable: {
    failure: {},
    waits: [...fiveTimes, 3200],
    says: "Cannot reach http://h/r: m. Check the network, or base_url in config.toml.",
    info: { httpConnectionFailed: { httpStatusCode: null } },
  },
  swallowed: {
    failure: {},
    waits: [],
    says: "Cannot reach http://h/r: m. Check the network, or base_url in config.toml.",
    info: { httpConnectionFailed: { httpStatusCode: null } },
  },
  resetBeforeReply: {
    failure: {},
    waits: fiveTimes,
    says: "No reply from http://h/r: m.",
    info: { httpConnectionFailed: { httpStatusCode: null } },
  },
  tls: {
    failure: {},
    waits: [],
    says: "Cannot trust http://h/r: m. If your network uses its own certificates, name their file in CODEX_CA_CERTIFICATE.",
    info: { httpConnectionFailed: { httpStatusCode: null } },
  },
  redirected: {
    failure: { status: 307 },
    waits: [],
    says: "unexpected status 307 Temporary Redirect: redirects are not followed; set base_url to the final address, url: http://h/r",
    info: { httpConnectionFailed: { httpStatusCode: 307 } },
  },
  unauthorized: {
    failure: { status: 401, requestId: "q", rayId: "c" },
    waits: [],
    says: "unexpected status 401 Unauthorized: m, url: http://h/r, cf-ray: c, request id: q",
    info: { httpConnectionFailed: { httpStatusCode: 401 } },
  },
  forbidden: {
    failure: { status: 403 },
    waits: [],
    says: "unexpected status 403 Forbidden: m, url: http://h/r",
    info: { httpConnectionFailed: { httpStatusCode: 403 } },
  },
  rejected: {
    failure: { status: 400 },
    waits: [],
    says: "unexpected status 400 Bad Request: m, url: http://h/r",
    info: "badRequest",
  },
  modelNotFound: {
    failure: { status: 404 },
    waits: [],
    says: "unexpected status 404 Not Found: m, url: http://h/r",
    info: "modelNotFound",
  },
  contextWindow: {
    failure: { status: 400 },
    waits: [],
    says: "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
    info: "contextWindowExceeded",
  },
  invalidPrompt: { failure: {}, waits: [], says: "m", info: "other" },
  cyberPolicy: { failure: {}, waits: [], says: "m", info: "cyberPolicy" },
  rateLimited: {
    failure: { status: 429 },
    waits: [1000, 2000, 4000, 8000, 15_000],
    says: "exceeded retry limit, last status: 429 Too Many Requests: m, url: http://h/r",
    info: { responseTooManyFailedAttempts: { httpStatusCode: 429 } },
  },
  usageLimit: {
    failure: { status: 429, planType: "enterprise" },
    waits: [],
    says: "You’ve hit your usage limit. Try again later.",
    info: "usageLimitExceeded",
  },
  quota: {
    failure: { status: 429 },
    waits: [],
    says: "Quota exceeded. Check your plan and billing details.",
    info: "usageLimitExceeded",
  },
  usageNotIncluded: {
    failure: { status: 429 },
    waits: [],
    says: "To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus.",
    info: "usageLimitExceeded",
  },
  serverError: {
    failure: { status: 502 },
    waits: fiveTimes,
    says: "unexpected status 502 Bad Gateway: m, url: http://h/r",
    info: "internalServerError",
  },
  overloaded: {
    failure: { status: 503 },
    waits: fiveTimes,
    says: "Selected model is at capacity. Please try a different model.",
    info: "serverOverloaded",
  },
  overloadedInReply: {
    failure: {},
    waits: [],
    says: "Selected model is at capacity. Please try a different model.",
    info: "serverOverloaded",
  },
  responseFailed: {
    failure: {},
    waits: fiveTimes,
    says: "stream disconnected before completion: m",
    info: "other",
  },
  incomplete: { failure: {}, waits: [], says: "Incomplete response returned, reason: m", info: "other" },
  closed: { failure: {}, waits: fiveTimes, says: "stream disconnected before completion: m", info: "other" },
  broken: { failure: {}, waits: fiveTimes, says: "stream disconnected before completion: m", info: "other" },
  idle: { failure: {}, waits: fiveTimes, says: "stream disconnected before completion: m", info: "other" },
};

describe("the retry matrix", () => {
  test.each(Object.entries(matrix))("%s", (kind, row) => {
    const failure = { kind: kind as FailureKind, message: "m", url: "http://h/r", ...row.failure };
    const { message, codexErrorInfo } = describeFailure(failure, 0);
    expect({ waits: waits(failure), message, codexErrorInfo }).toEqual({
      waits: row.waits,
      message: row.says,
      codexErrorInfo: row.info as never,
    });
  });
});

describe("planRetry", () => {
  const closed: Failure = { kind: "closed", message: "m" };

  test("waits as long as the server asks, but not for minutes", () => {
    expect(waits({ ...closed, retryAfterMs: 300 })).toEqual([300, 300, 300, 300, 300]);
    expect(waits({ kind: "rateLimited", message: "m", status: 429, retryAfterMs: 3_600_000 })).toEqual([]);
  });

  test("spreads retries by 10 % to either side", () => {
    const limits = retryLimits(undefined, undefined);
    expect(planRetry(closed, 0, limits, () => 0)?.delayMs).toBe(180);
    expect(planRetry(closed, 0, limits, () => 1)?.delayMs).toBe(220);
  });

  test("follows the provider's limits", () => {
    const unreachable: Failure = { kind: "unreachable", message: "m" };
    const serverError: Failure = { kind: "serverError", message: "m", status: 500 };
    const count = (failure: Failure, request?: number, stream?: number) =>
      waits(failure, retryLimits(request, stream)).length;
    expect([count(unreachable, 2), count(unreachable, 0, 5), count(unreachable, undefined, 1)]).toEqual([2, 0, 1]);
    expect([count(serverError, 0, 0), count(serverError, undefined, 0), count(serverError, 1, 3)]).toEqual([0, 4, 3]);
    expect([count(closed, 9, 0), count(closed, 0, 2), count(closed, 9)]).toEqual([0, 2, 5]);
  });
});
