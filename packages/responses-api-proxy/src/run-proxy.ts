import { currentEnvironment, type Environment } from "@codex/platform/env";
import { hardenProcess, shedEnvironment } from "@codex/platform/harden-process";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { findRoute } from "./find-route.ts";
import { helpText, parseArguments, type ProxyArguments } from "./parse-arguments.ts";
import { parseUpstream } from "./parse-upstream.ts";
import { apiKeyWords, readKey } from "./read-key.ts";
import { createSecretWriter, type Secret } from "./secret-header.ts";
import { serveProxy } from "./serve-proxy.ts";
import { trustedAuthorities } from "./trusted-authorities.ts";
import { UpstreamPool } from "./upstream-pool.ts";

/** How the program was called. */
export type ProxyProgram = {
  /** As people write it, for the help. */
  readonly name: string;
  /** The words that start it anew. */
  readonly argv: readonly string[];
};

/**
 * Settings of the runtime that keep its memory below 10 MB; it reads them before any line of ours. They cost some throughput
 * (27,000 requests a second instead of 45,000 at 50 connections), of which a service of seconds a request leaves enough.
 */
const smallHeap = {
  BUN_OPTIONS: "--smol",
  BUN_JSC_forceRAMSize: String(32 * 1024 * 1024),
  BUN_JSC_useFTLJIT: "0",
};

const restOfConnections = 60_000;

/** The whole life of the proxy → exit code. `argv` without the program's name. */
export async function runProxy(argv: readonly string[], program: ProxyProgram): Promise<number> {
  const parsed = parseArguments(argv);
  if (!parsed.ok) return refuse(parsed.error.message, 2);
  if (parsed.value.type === "help") return say(helpText(program.name));
  if (parsed.value.type === "version") return say(`${program.name} ${version}\n`);
  const env = currentEnvironment();
  // Both before the key is read: what could look into this process must be gone by then.
  const alone = shedEnvironment(program.argv, env, smallHeap);
  if (!alone.ok) return refuse(`The environment cannot be cleaned: ${alone.error}.`);
  const hardened = hardenProcess();
  if (!hardened.ok) return refuse(`The process cannot be shielded from others: ${hardened.error}.`);
  const served = await serve(parsed.value.serve, env);
  return served.ok ? served.value : refuse(served.error.message);
}

function say(text: string): number {
  stdio.out(text);
  return 0;
}

function refuse(message: string, exitCode = 1): number {
  stdio.err(`${message.startsWith("Error") ? "" : "Error: "}${message}\n`);
  return exitCode;
}

/** Whoever started the proxy may have stopped reading long ago; that does not end it. */
const tell = (text: string): void => void stdio.offer("err", text);

const report = (message: string): void => tell(`forwarding error: ${message}\n`);

/** Resolves when the proxy was asked to end. */
async function serve(given: ProxyArguments, env: Environment): Promise<Result<number>> {
  const upstream = parseUpstream(given.upstreamUrl, "--upstream-url");
  if (!upstream.ok) return upstream;
  const authorities = await trustedAuthorities(env);
  if (!authorities.ok) return authorities;
  const route = findRoute(upstream.value, env, authorities.value);
  if (!route.ok) return route;
  const key = await obtainKey(given, env, authorities.value);
  if (!key.ok) return key;
  const dumps = await openDumps(given, key.value);
  if (!dumps.ok) return dumps;
  const { connectTimeoutMs, idleTimeoutMs } = given;
  const ended = Promise.withResolvers<number>();
  const listening = serveProxy(given.port, {
    upstream: upstream.value,
    route: route.value,
    pool: new UpstreamPool(route.value, connectTimeoutMs, restOfConnections),
    writer: createSecretWriter(key.value),
    dumps: dumps.value,
    idleTimeoutMs,
    shutDown: given.httpShutdown ? () => ended.resolve(0) : undefined,
    report,
  });
  if (!listening.ok) return err(fail("usage", `failed to bind 127.0.0.1:${given.port}: ${listening.error}`));
  const { port } = listening.value;
  const told = given.serverInfo === undefined ? ok(undefined) : await writeServerInfo(given.serverInfo, port);
  if (!told.ok) return told;
  tell(`responses-api-proxy listening on 127.0.0.1:${port}\n`);
  const exitCode = await ended.promise;
  key.value.memory.wipe();
  return ok(exitCode);
}

async function obtainKey(given: ProxyArguments, env: Environment, ca?: readonly string[]): Promise<Result<Secret>> {
  const key = given.github === undefined ? readKey(apiKeyWords) : await exchangeToken(given, env, ca);
  if (key.ok && !key.value.memory.locked)
    tell("warning: the key's memory could not be locked and may be swapped out; raise the limit (ulimit -l).\n");
  return key;
}

async function exchangeToken(given: ProxyArguments, env: Environment, ca?: readonly string[]): Promise<Result<Secret>> {
  if (given.github === undefined) return err(fail("internal", "no GitHub identity"));
  const { exchangeGithubToken } = await import("./github-oidc.ts");
  return exchangeGithubToken(given.github, { env, ca, connectTimeoutMs: given.connectTimeoutMs });
}

async function openDumps({ dumpDir }: ProxyArguments, key: Secret) {
  if (dumpDir === undefined) return ok(undefined);
  const { createDumps } = await import("./dump-exchanges.ts");
  const { hideKey } = await import("./hide-key.ts");
  const dumps = createDumps({ folder: dumpDir, now: Date.now, hideKey: (bytes) => hideKey(bytes, key), report });
  return dumps.ok ? dumps : err(fail("usage", `creating ${dumpDir}: ${dumps.error.reason}`));
}

async function writeServerInfo(file: string, port: number): Promise<Result<void>> {
  const { makePrivateFolder, writeAtomic } = await import("@codex/platform/write-atomic");
  const { dirname } = await import("node:path");
  const folder = makePrivateFolder(dirname(file));
  const line = `${JSON.stringify({ port, pid: process.pid })}\n`;
  const written = folder.ok ? writeAtomic(file, line, 0o600, { tighten: true }) : folder;
  return written.ok ? ok(undefined) : err(fail("usage", `writing ${file}: ${written.error.reason}`));
}
