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
  serverGone: { rpc: -32603, exit: 1, text: () => "The app server has closed the connection; connect again." },
  needsExperimentalApi: { rpc: -32600, exit: 1, text: (what: string) => `${what} requires experimentalApi capability` },
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
    text: (provider: string) =>
      `No credentials for ${provider}. Run \`codex login\`, or set CODEX_API_KEY to an API key.`,
  },
  loginUnusable: { rpc: -32600, exit: 1, text: (why: string) => why },
  loginRefused: { rpc: -32600, exit: 1, text: (why: string) => why },
  loginFailed: { rpc: -32603, exit: 1, text: (why: string) => why },
  loginNotStored: { rpc: -32603, exit: 1, text: (why: string) => `The stored login cannot be changed: ${why}` },
  rateLimitsUnread: { rpc: -32603, exit: 1, text: (why: string) => `failed to fetch codex rate limits: ${why}` },
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
  /** Other words than `threadNotFound`, for what is only read; clients have learned both. */
  threadUnknown: { rpc: -32600, exit: 1, text: (id: string) => `thread not loaded: ${id}` },
  threadArchived: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `session ${id} is archived. Run \`codex unarchive ${id}\` to unarchive it first.`,
  },
  notArchived: { rpc: -32600, exit: 1, text: (id: string) => `no archived rollout found for thread id ${id}` },
  threadIsForked: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `cannot delete thread ${id}: forked history still references it`,
  },
  notStored: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `thread is not persisted and cannot be deleted: ${id}`,
  },
  ephemeralHistory: { rpc: -32600, exit: 1, text: (method: string) => `ephemeral threads do not support ${method}` },
  legacyHistory: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `Session ${id} has the older kind of file, which cannot go back to a turn. Fork it first.`,
  },
  turnNotFound: { rpc: -32600, exit: 1, text: (id: string) => `turn not found: ${id}` },
  turnInProgress: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `lastTurnId '${id}' identifies an in-progress turn`,
  },
  noSuchFolder: {
    rpc: -32600,
    exit: 1,
    text: (path: string) => `The working directory ${path} does not exist. Make it, or give another \`cwd\`.`,
  },
  unsupportedFilter: { rpc: -32602, exit: 1, text: (why: string) => why },
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
  noTurnToSteer: { rpc: -32600, exit: 1, text: () => "no active turn to steer" },
  /** Other words than for an interrupt; clients have learned both. */
  otherTurnToSteer: {
    rpc: -32600,
    exit: 1,
    text: (expected: string, found: string) => `expected active turn id \`${expected}\` but found \`${found}\``,
  },
  turnNotSteerable: { rpc: -32600, exit: 1, text: (kind: string) => `cannot steer a ${kind} turn` },
  emptyTurnId: { rpc: -32600, exit: 1, text: () => "expectedTurnId must not be empty" },
  inputTooLarge: {
    rpc: -32602,
    exit: 1,
    text: (limit: string) => `Input exceeds the maximum length of ${limit} characters.`,
  },
  emptyCommand: { rpc: -32600, exit: 1, text: () => "command must not be empty" },
  emptyItems: { rpc: -32600, exit: 1, text: () => "items must not be empty" },
  refusedParams: { rpc: -32600, exit: 1, text: (why: string) => why },
  emptyInput: { rpc: -32600, exit: 1, text: () => "input must not be empty" },
  emptyThreadName: { rpc: -32600, exit: 1, text: () => "thread name must not be empty" },
  ephemeralThread: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `ephemeral thread does not support metadata updates: ${id}`,
  },
  invalidParams: { rpc: -32602, exit: 1, text: (why: string) => why },
  unknownProcess: {
    rpc: -32600,
    exit: 1,
    text: (what: string, id: string) => `no active ${what} ${JSON.stringify(id)}`,
  },
  duplicateProcess: {
    rpc: -32600,
    exit: 1,
    text: (what: string, id: string) => `duplicate active ${what}: ${JSON.stringify(id)}`,
  },
  noInput: { rpc: -32600, exit: 1, text: (what: string) => `stdin streaming is not enabled for this ${what}` },
  inputClosed: { rpc: -32600, exit: 1, text: () => "stdin is already closed" },
  noTerminal: { rpc: -32600, exit: 1, text: () => "failed to resize PTY: process is not attached to a PTY" },
  notStarted: { rpc: -32603, exit: 1, text: (what: string, why: string) => `failed to spawn ${what}: ${why}` },
  fileNotFound: { rpc: -32603, exit: 1, text: (why: string) => why },
  fileExists: { rpc: -32603, exit: 1, text: (why: string) => why },
  filePermission: { rpc: -32603, exit: 1, text: (why: string) => why },
  notDirectory: { rpc: -32603, exit: 1, text: (why: string) => why },
  isDirectory: { rpc: -32603, exit: 1, text: (why: string) => why },
  directoryNotEmpty: { rpc: -32603, exit: 1, text: (why: string) => why },
  fileFailed: { rpc: -32603, exit: 1, text: (why: string) => why },
  duplicateWatch: { rpc: -32600, exit: 1, text: (id: string) => `watchId already exists: ${id}` },
  unknownSearch: { rpc: -32600, exit: 1, text: (id: string) => `fuzzy file search session not found: ${id}` },
  searchNotStarted: {
    rpc: -32603,
    exit: 1,
    text: (why: string) => `failed to start fuzzy file search session: ${why}`,
  },
  noRemoteDiff: {
    rpc: -32600,
    exit: 1,
    text: (cwd: string) => `failed to compute git diff to remote for cwd: ${JSON.stringify(cwd)}`,
  },
  cursorBeyondEnd: {
    rpc: -32600,
    exit: 1,
    text: (cursor: string, what: string, total: string) => `cursor ${cursor} exceeds total ${what} ${total}`,
  },
  configUnreadable: { rpc: -32603, exit: 1, text: (why: string) => why },
  modelProviderNotConfigured: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `Model provider "${id}" is not configured; add it to config.toml, or choose another.`,
  },
  providerRefused: { rpc: -32600, exit: 1, text: (why: string) => why },
  unknownMcpServer: { rpc: -32600, exit: 1, text: (name: string) => `No MCP server named '${name}' found.` },
  feedbackPathRelative: { rpc: -32600, exit: 1, text: () => "feedback savePath must be an absolute host path" },
  feedbackNotSaved: {
    rpc: -32603,
    exit: 1,
    text: (file: string, why: string) => `The feedback could not be saved in ${file}: ${why}.`,
  },
  rolloutPathMissing: {
    rpc: -32600,
    exit: 1,
    text: (file: string) => `failed to resolve rollout path \`${file}\`: file does not exist`,
  },
  conversationNotFound: {
    rpc: -32600,
    exit: 1,
    text: (id: string) => `no rollout found for conversation id ${id}`,
  },
  unknownEnvironment: { rpc: -32600, exit: 1, text: (id: string) => `unknown environment id \`${id}\`` },
  noSuchMethod: { rpc: -32601, exit: 1, text: (method: string) => `there is no method \`${method}\` here` },
  pathNotFound: { rpc: -32004, exit: 1, text: (why: string) => why },
  sessionAttached: {
    rpc: -32010,
    exit: 1,
    text: (id: string) => `session ${id} is already attached to another connection`,
  },
  executorFailed: { rpc: -32603, exit: 1, text: (why: string) => why },
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
