import { err, ok, type Result } from "@codex/protocol/result";
import { plainFetch, type Fetch } from "./fetch.ts";

/** Why no reply came. `reset`: the connection was there and broke. `refused`: it never came about. */
export type HttpFailure = { kind: "refused" | "reset" | "tls"; cause: string };

export type HttpReply = { status: number; headers: Headers; body: ReadableStream<Uint8Array> };

export type HttpPost = {
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
  signal: AbortSignal;
  /** PEM files to trust besides the built-in authorities, see `authorityFile`. */
  authorityFile?: string | undefined;
  /** Bun's own when absent. */
  fetch?: Fetch | undefined;
};

/**
 * Posts once and resolves when the reply's headers are here; rejects only when `signal` aborts.
 *
 * Redirects are not followed: a key must never travel to an address that nobody configured. HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY are read by Bun at each request. No time limit of its own (Bun's five minutes are switched off).
 */
export async function post(request: HttpPost): Promise<Result<HttpReply, HttpFailure>> {
  const { url, headers, body, signal, authorityFile, fetch = plainFetch } = request;
  const tls = authorityFile === undefined ? ok({}) : await trustAlso(authorityFile);
  if (!tls.ok) return tls;
  try {
    const reply = await fetch(url, {
      method: "POST",
      headers,
      body,
      signal,
      redirect: "manual",
      timeout: false,
      ...tls.value,
    });
    return ok({ status: reply.status, headers: reply.headers, body: reply.body ?? new Blob([]).stream() });
  } catch (error) {
    if (signal.aborted) throw error;
    return err(readFetchError(error));
  }
}

/** The file of extra certificate authorities that the environment names, as the original reads it. */
export const authorityFile = (env: Record<string, string | undefined>): string | undefined =>
  nonEmpty(env["CODEX_CA_CERTIFICATE"]) ?? nonEmpty(env["SSL_CERT_FILE"]);

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/** The options of `fetch` that make it trust a file's certificates besides the built-in ones. */
export async function trustAlso(file: string): Promise<Result<{ tls: { ca: string[] } }, HttpFailure>> {
  try {
    const pem = await Bun.file(file).text();
    if (!pem.includes("-----BEGIN ")) return err({ kind: "tls", cause: `${file} holds no certificate in PEM form` });
    // `ca` replaces the built-in list, so that list goes along; the module is only paid for here
    const { rootCertificates } = await import("node:tls");
    return ok({ tls: { ca: [...rootCertificates, pem] } });
  } catch (error) {
    return err({ kind: "tls", cause: `cannot read the certificate file ${file}: ${describeError(error)}` });
  }
}

/** Bun's errors of `fetch` and of a body that breaks off, by their code. */
export function readFetchError(error: unknown): HttpFailure {
  const code = codeOf(error);
  const known = knownCodes[code];
  if (known) return known;
  return { kind: isTlsCode(code) ? "tls" : "refused", cause: describeError(error) };
}

const knownCodes: Readonly<Record<string, HttpFailure>> = {
  ECONNREFUSED: { kind: "refused", cause: "connection refused" },
  ConnectionRefused: { kind: "refused", cause: "connection refused" },
  FailedToOpenSocket: { kind: "refused", cause: "cannot open a connection" },
  ENOTFOUND: { kind: "refused", cause: "no such host" },
  EAI_AGAIN: { kind: "refused", cause: "the name server does not answer" },
  ECONNRESET: { kind: "reset", cause: "connection closed by the other side" },
  ConnectionClosed: { kind: "reset", cause: "connection closed by the other side" },
};

const isTlsCode = (code: string): boolean => /CERT|SSL|TLS|ISSUER|SELF_SIGNED|UNABLE_TO/.test(code);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** The first line, without Bun's advice to programmers. */
function describeError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").replace(/\.? For more information, pass .*$/, "");
}
