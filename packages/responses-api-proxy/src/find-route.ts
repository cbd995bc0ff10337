import type { Environment } from "@codex/platform/env";
import type { RawAddress } from "@codex/platform/raw-socket";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Upstream } from "./parse-upstream.ts";

/** How the service is reached: directly, or through the proxy that the environment names. */
export type Route = RawAddress & {
  /** What stands in the request line before the path: a proxy is told the whole URL of a plain request. */
  readonly prefix: string;
  /** For the proxy, with a plain request. */
  readonly proxyAuthorization?: string | undefined;
};

/** `ca`: certificates to trust instead of the built-in ones. */
export function findRoute(upstream: Upstream, env: Environment, ca?: readonly string[]): Result<Route> {
  const { hostname, port, secure, host } = upstream;
  const tls = secure ? { tls: { serverName: hostname, ...(ca ? { ca } : {}) } } : {};
  const named = proxyFor(upstream, env);
  if (named === undefined) return ok({ hostname, port, prefix: "", ...tls });
  const url = URL.parse(named.includes("://") ? named : `http://${named}`);
  if (url?.protocol !== "http:" || url.hostname === "")
    return err(fail("usage", "The proxy that the environment names cannot be used: give it as http://HOST:PORT."));
  const proxy = { hostname: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port || 80) };
  const authorization = url.username === "" && url.password === "" ? undefined : basic(url);
  if (secure)
    return ok({
      hostname,
      port,
      prefix: "",
      ...tls,
      tunnel: { ...proxy, ...(authorization ? { authorization } : {}) },
    });
  return ok({ ...proxy, prefix: `http://${host}`, proxyAuthorization: authorization });
}

const basic = ({ username, password }: URL): string =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`;

function proxyFor({ secure, hostname }: Upstream, env: Environment): string | undefined {
  const [lower, upper] = secure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"];
  const proxy = [lower, upper, "all_proxy", "ALL_PROXY"].map((name) => env[name]).find((value) => value);
  if (proxy === undefined || isLoopback(hostname)) return undefined;
  return isExcepted(hostname, env["no_proxy"] || env["NO_PROXY"] || "") ? undefined : proxy;
}

/** A proxy elsewhere cannot mean the same by it. */
const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "::1" || /^127(\.\d+){3}$/.test(hostname);

const isExcepted = (hostname: string, list: string): boolean =>
  list
    .split(",")
    .map((entry) => entry.trim().replace(/^\*?\./, ""))
    .some((entry) => entry === "*" || (entry !== "" && (hostname === entry || hostname.endsWith(`.${entry}`))));
