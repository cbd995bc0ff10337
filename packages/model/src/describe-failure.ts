import type { CodexErrorInfo, TurnError } from "@codex/protocol/thread";
import type { Failure, FailureKind } from "./failure.ts";
import { describeUsageLimit } from "./usage-limit.ts";

/**
 * A failure as people and programs read it. One form for all statuses: status, the server's message, address, ids.
 * Sentences that programs know are the original's (0.169.0). `now` in Unix milliseconds.
 */
export function describeFailure(failure: Failure, now: number): TurnError {
  return { ...noDetails, message: sentences[failure.kind](failure, now), codexErrorInfo: errorInfo(failure) };
}

/** What is told while a failure is tried again: `additionalDetails` holds the reason. */
export function describeRetry(failure: Failure, attempt: number, attempts: number, now: number): TurnError {
  return {
    ...noDetails,
    message: `Reconnecting... ${attempt}/${attempts}`,
    codexErrorInfo: { responseStreamDisconnected: { httpStatusCode: failure.status ?? null } },
    additionalDetails: sentences[failure.kind](failure, now),
  };
}

const noDetails = { additionalDetails: null, misalignment: null };

type Sentence = (failure: Failure, now: number) => string;

const itsMessage: Sentence = ({ message }) => message;
const disconnected: Sentence = ({ message }) => `stream disconnected before completion: ${message}`;
const unexpectedStatus: Sentence = (failure) =>
  `unexpected status ${statusLine(failure.status)}: ${failure.message}${whereabouts(failure)}`;
const atCapacity: Sentence = () => "Selected model is at capacity. Please try a different model.";

const cannotReach: Sentence = ({ url, message }) =>
  `Cannot reach ${url}: ${message}. Check the network, or base_url in config.toml.`;

const sentences: Record<FailureKind, Sentence> = {
  noToken: itsMessage,
  unreachable: cannotReach,
  swallowed: cannotReach,
  resetBeforeReply: ({ url, message }) => `No reply from ${url}: ${message}.`,
  tls: ({ url, message }) =>
    `Cannot trust ${url}: ${message}. If your network uses its own certificates, name their file in CODEX_CA_CERTIFICATE.`,
  redirected: (failure) =>
    `unexpected status ${statusLine(failure.status)}: redirects are not followed; set base_url to the final address` +
    whereabouts(failure),
  unauthorized: unexpectedStatus,
  forbidden: unexpectedStatus,
  rejected: (failure) => (failure.status === undefined ? failure.message : unexpectedStatus(failure, 0)),
  modelNotFound: (failure) => (failure.status === undefined ? failure.message : unexpectedStatus(failure, 0)),
  contextWindow: () =>
    "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
  invalidPrompt: itsMessage,
  cyberPolicy: itsMessage,
  rateLimited: (failure) =>
    failure.status === undefined
      ? `rate limit exceeded: ${failure.message}`
      : `exceeded retry limit, last status: ${statusLine(failure.status)}: ${failure.message}${waitHint(failure)}${whereabouts(failure)}`,
  usageLimit: (failure, now) => describeUsageLimit(failure.planType, failure.resetsAt, now),
  quota: () => "Quota exceeded. Check your plan and billing details.",
  usageNotIncluded: () => "To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus.",
  serverError: unexpectedStatus,
  overloaded: atCapacity,
  overloadedInReply: atCapacity,
  responseFailed: disconnected,
  incomplete: ({ message }) => `Incomplete response returned, reason: ${message}`,
  closed: disconnected,
  broken: disconnected,
  idle: disconnected,
};

/** As the original classifies them, but for a bad request and a server error, which it calls "other". */
function errorInfo({ kind, status }: Failure): CodexErrorInfo {
  const named = namedInfo[kind];
  if (named) return named;
  const httpStatusCode = status ?? null;
  if (kind === "rateLimited")
    return httpStatusCode === null ? "rateLimitExceeded" : { responseTooManyFailedAttempts: { httpStatusCode } };
  return kind === "rejected" && (status === undefined || status === 400)
    ? "badRequest"
    : { httpConnectionFailed: { httpStatusCode } };
}

const namedInfo: Partial<Record<FailureKind, CodexErrorInfo>> = {
  noToken: "unauthorized",
  modelNotFound: "modelNotFound",
  contextWindow: "contextWindowExceeded",
  invalidPrompt: "other",
  cyberPolicy: "cyberPolicy",
  usageLimit: "usageLimitExceeded",
  quota: "usageLimitExceeded",
  usageNotIncluded: "usageLimitExceeded",
  serverError: "internalServerError",
  overloaded: "serverOverloaded",
  overloadedInReply: "serverOverloaded",
  responseFailed: "other",
  incomplete: "other",
  closed: "other",
  broken: "other",
  idle: "other",
};

const whereabouts = ({ url, rayId, requestId }: Failure): string =>
  [
    url === undefined ? "" : `, url: ${url}`,
    rayId === undefined ? "" : `, cf-ray: ${rayId}`,
    requestId === undefined ? "" : `, request id: ${requestId}`,
  ].join("");

const waitHint = ({ retryAfterMs }: Failure): string =>
  retryAfterMs === undefined ? "" : ` (try again in ${Math.ceil(retryAfterMs / 1000)} s)`;

const statusLine = (status: number | undefined): string =>
  `${status ?? "without a number"} ${(status === undefined ? "" : reasonPhrases[status]) ?? ""}`.trim();

const reasonPhrases: Readonly<Record<number, string>> = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  426: "Upgrade Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
