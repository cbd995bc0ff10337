/**
 * Every failure a person or a program can meet, in one place. `text` is what people read: what happened, what to do.
 * `rpc` is the JSON-RPC code that clients of the original expect for it; `exit` the process's exit code.
 */
export const errors = {
  invalidRequest: { rpc: -32600, exit: 1, text: (why: string) => `Invalid request: ${why}` },
  parseError: { rpc: -32700, exit: 1, text: (why: string) => `Parse error: ${why}` },
  draining: { rpc: -32600, exit: 1, text: () => "Server is draining; retry after reconnecting" },
  methodUnavailable: {
    rpc: -32600,
    exit: 1,
    text: (method: string, why: string) => `${method} is not available: ${why}`,
  },
  notInitialized: { rpc: -32600, exit: 1, text: () => "Not initialized" },
  alreadyInitialized: { rpc: -32600, exit: 1, text: () => "Already initialized" },
  invalidClientName: {
    rpc: -32600,
    exit: 1,
    text: (name: string) => `Invalid clientInfo.name: '${name}'. Must be a valid HTTP header value.`,
  },
  unknownCursor: { rpc: -32600, exit: 1, text: (cursor: string) => `invalid cursor: ${cursor}` },
  internal: { rpc: -32603, exit: 1, text: (why: string) => `Something went wrong inside Codex: ${why}` },
  noCredentials: {
    rpc: -32600,
    exit: 1,
    text: (provider: string) => `No credentials for ${provider}. Set CODEX_API_KEY to an API key.`,
  },
  missingEnvironmentVariable: {
    rpc: -32600,
    exit: 1,
    text: (name: string, hint: string) => `Missing environment variable: \`${name}\`.${hint === "" ? "" : ` ${hint}`}`,
  },
  threadNotFound: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `no rollout found for thread id ${id}`,
  },
  noSuchName: { rpc: -32600, exit: 1, text: (name: string, near: string) => `No session named "${name}".${near}` },
  threadNotLoaded: { rpc: -32600, exit: 1, text: (id: string) => `thread not found: ${id}` },
  invalidThreadId: { rpc: -32600, exit: 1, text: (id: string) => `invalid thread id: ${id}` },
  threadBusy: {
    rpc: -32600,
    exit: 1,
    text: (id: string) =>
      `Session ${id} is open in another Codex process. Close it there, or fork it with \`codex exec fork ${id}\`.`,
  },
  noActiveTurn: { rpc: -32600, exit: 1, text: () => "no active turn to interrupt" },
  otherTurnActive: {
    rpc: -32600,
    exit: 1,
    text: (expected: string, found: string) => `expected active turn id ${expected} but found ${found}`,
  },
  emptyInput: { rpc: -32600, exit: 1, text: () => "input must not be empty" },
  emptyThreadName: { rpc: -32600, exit: 1, text: () => "thread name must not be empty" },
  ephemeralThread: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `ephemeral thread does not support metadata updates: ${id}`,
  },
  usage: { rpc: -32600, exit: 2, text: (why: string) => why },
} as const satisfies Record<string, { rpc: number; exit: number; text: (...args: string[]) => string }>;

export type ErrorCode = keyof typeof errors;

/** A failure as a value: a stable code, and the sentence a person reads. */
export type CodexError = {
  readonly code: ErrorCode;
  readonly message: string;
  /** More for programs; goes to a client as it is, beside the code. */
  readonly data?: Readonly<Record<string, unknown>>;
};

/** `fail("threadNotFound", id)`: the arguments are checked against the entry's text. */
export function fail<C extends ErrorCode>(code: C, ...args: Parameters<(typeof errors)[C]["text"]>): CodexError {
  const text: (...args: string[]) => string = errors[code].text;
  return { code, message: text(...args) };
}
