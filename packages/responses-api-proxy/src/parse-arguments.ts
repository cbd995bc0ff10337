import { parseArgs } from "node:util";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

export type ProxyArguments = {
  readonly port: number;
  readonly serverInfo: string | undefined;
  readonly httpShutdown: boolean;
  readonly upstreamUrl: string;
  readonly dumpDir: string | undefined;
  /** Milliseconds; 0: none. */
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Undefined where standard input has an API key. */
  readonly github: GithubArguments | undefined;
};

export type GithubArguments = {
  readonly audience: string;
  readonly identityProviderId: string;
  readonly serviceAccountId: string;
  readonly requestUrl: string;
};

const defaultUpstream = "https://api.openai.com/v1/responses";
const defaultConnectTimeout = 30;
/** Longer than clients wait for an answer that is not streamed. */
const defaultIdleTimeout = 900;

const options = {
  port: { type: "string", value: "<PORT>", says: "Port to listen on; without it, any that is free" },
  "server-info": {
    type: "string",
    value: "<FILE>",
    says: "Write the port and the process id to this file as a line of JSON",
  },
  "http-shutdown": { type: "boolean", value: "", says: "Let GET /shutdown end the proxy" },
  "upstream-url": {
    type: "string",
    value: "<URL>",
    says: `Where requests go, as a whole URL [default: ${defaultUpstream}]`,
  },
  "dump-dir": {
    type: "string",
    value: "<DIR>",
    says: "Write each request and answer to this folder, without credentials",
  },
  "connect-timeout": {
    type: "string",
    value: "<SECONDS>",
    says: `How long connecting may take; 0 for ever [default: ${defaultConnectTimeout}]`,
  },
  "idle-timeout": {
    type: "string",
    value: "<SECONDS>",
    says: `How long a request or an answer may rest; 0 for ever [default: ${defaultIdleTimeout}]`,
  },
  "github-oidc": {
    type: "boolean",
    value: "",
    says: "Standard input has the token of a GitHub Actions runner, which is exchanged for one of OpenAI's",
  },
  "oidc-audience": { type: "string", value: "<AUDIENCE>", says: "The audience of OpenAI's identity provider" },
  "identity-provider-id": { type: "string", value: "<ID>", says: "OpenAI's identity provider" },
  "service-account-id": { type: "string", value: "<ID>", says: "The service account that the provider stands for" },
  "github-oidc-request-url": {
    type: "string",
    value: "<URL>",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL of the runner itself, never of a workflow's input: it is sent the token",
  },
} as const;

const help = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "V" } } as const;
/** `codex` takes these everywhere; here they change nothing. */
const ofCodex = {
  config: { type: "string", short: "c", multiple: true },
  enable: { type: "string", multiple: true },
  disable: { type: "string", multiple: true },
} as const;

export type ParsedArguments =
  | { readonly type: "help" }
  | { readonly type: "version" }
  | { readonly type: "serve"; readonly serve: ProxyArguments };

export function parseArguments(argv: readonly string[]): Result<ParsedArguments> {
  const parsed = parseWords(argv);
  if (!parsed.ok) return parsed;
  const values = parsed.value;
  if (values.help) return ok({ type: "help" });
  if (values.version) return ok({ type: "version" });
  const port = values.port ?? "0";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) return refuse(`--port: ${JSON.stringify(port)} is no port`);
  const connect = milliseconds(values["connect-timeout"], defaultConnectTimeout);
  if (connect === undefined) return refuse("--connect-timeout: give a number of seconds");
  const idle = milliseconds(values["idle-timeout"], defaultIdleTimeout);
  if (idle === undefined) return refuse("--idle-timeout: give a number of seconds");
  const github = githubOf(values);
  if (!github.ok) return github;
  return ok({
    type: "serve",
    serve: {
      port: Number(port),
      serverInfo: values["server-info"],
      httpShutdown: values["http-shutdown"] ?? false,
      upstreamUrl: values["upstream-url"] ?? defaultUpstream,
      dumpDir: values["dump-dir"],
      connectTimeoutMs: connect,
      idleTimeoutMs: idle,
      github: github.value,
    },
  });
}

const refuse = (why: string): Result<never> => err(fail("usage", why));

type Values = NonNullable<ReturnType<typeof readWords>>;

function readWords(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: { ...options, ...help, ...ofCodex },
    strict: true,
    allowPositionals: false,
  }).values;
}

function parseWords(argv: readonly string[]): Result<Values> {
  try {
    return ok(readWords(argv));
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split(". ");
    return refuse(`${reason.replace(/\.$/, "")}; see --help.`);
  }
}

function milliseconds(given: string | undefined, otherwise: number): number | undefined {
  if (given === undefined) return otherwise * 1000;
  return /^\d{1,6}(\.\d{1,3})?$/.test(given) ? Number(given) * 1000 : undefined;
}

function githubOf(values: Values): Result<GithubArguments | undefined> {
  const named = {
    "oidc-audience": values["oidc-audience"],
    "identity-provider-id": values["identity-provider-id"],
    "service-account-id": values["service-account-id"],
    "github-oidc-request-url": values["github-oidc-request-url"],
  };
  const entries = Object.entries(named);
  if (!values["github-oidc"]) {
    const [needless] = entries.find(([, value]) => value !== undefined) ?? [];
    return needless === undefined ? ok(undefined) : refuse(`--${needless} needs --github-oidc`);
  }
  const [missing] = entries.find(([, value]) => value === undefined || value === "") ?? [];
  if (missing !== undefined) return refuse(`--github-oidc needs --${missing}`);
  return ok({
    audience: named["oidc-audience"] ?? "",
    identityProviderId: named["identity-provider-id"] ?? "",
    serviceAccountId: named["service-account-id"] ?? "",
    requestUrl: named["github-oidc-request-url"] ?? "",
  });
}

/** `program`: how people call it. */
export function helpText(program: string): string {
  const lines = Object.entries(options).map(
    ([name, { value, says }]) => `  ${`--${name} ${value}`.padEnd(34)} ${says}`,
  );
  return [
    "Pass POST /v1/responses from programs on this machine on to the Responses API with a key that they never see.",
    "",
    `Usage: ${program} [options] < FILE-WITH-THE-KEY`,
    "",
    "Options:",
    ...lines,
    `  ${"-h, --help".padEnd(34)} Print help`,
    `  ${"-V, --version".padEnd(34)} Print version`,
    "",
    "Example:",
    `  printenv OPENAI_API_KEY | env -u OPENAI_API_KEY ${program} --port 9303`,
    "",
  ].join("\n");
}
