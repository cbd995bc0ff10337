/**
 * Heads of HTTP/1.1 messages, read strictly: whatever two programs could read in two ways is refused, so that nobody can
 * hide one request in another.
 */

/** In order; names in lower case, duplicates kept. Values are Latin-1, a character a byte. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export type RequestHead = {
  readonly method: string;
  readonly target: string;
  readonly minor: 0 | 1;
  readonly headers: HeaderList;
};

export type ResponseHead = {
  readonly status: number;
  readonly reason: string;
  readonly minor: 0 | 1;
  readonly headers: HeaderList;
};

/** How long the body is; `close`: it ends with the connection. */
export type Framing =
  | { readonly type: "none" }
  | { readonly type: "length"; readonly length: number }
  | { readonly type: "chunked" }
  | { readonly type: "close" };

const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([!-~]+) HTTP\/1\.([01])$/;
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t -~\x80-\xff]*))?$/;
const headerLine =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*((?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?)[\t ]*$/;

/** `text` without the empty line at its end; undefined where it is not understood. */
export function parseRequestHead(text: string): RequestHead | undefined {
  const [first = "", ...lines] = text.split("\r\n");
  const [, method, target, minor] = requestLine.exec(first) ?? [];
  const headers = parseHeaders(lines);
  if (method === undefined || target === undefined || headers === undefined) return undefined;
  return { method, target, minor: minor === "0" ? 0 : 1, headers };
}

export function parseResponseHead(text: string): ResponseHead | undefined {
  const [first = "", ...lines] = text.split("\r\n");
  const [, minor, status, reason = ""] = statusLine.exec(first) ?? [];
  const headers = parseHeaders(lines);
  if (status === undefined || headers === undefined) return undefined;
  return { status: Number(status), reason, minor: minor === "0" ? 0 : 1, headers };
}

function parseHeaders(lines: readonly string[]): HeaderList | undefined {
  const headers: [string, string][] = [];
  for (const line of lines) {
    const found = headerLine.exec(line);
    if (found === null) return undefined;
    headers.push([(found[1] ?? "").toLowerCase(), found[2] ?? ""]);
  }
  return headers;
}

const valuesOf = (headers: HeaderList, name: string): string[] =>
  headers.flatMap(([known, value]) => (known === name ? [value] : []));

/** Undefined where the length is said twice in different ways, or in a way that is not known. */
function declaredFraming(headers: HeaderList, minor: 0 | 1): Framing | undefined {
  const encodings = valuesOf(headers, "transfer-encoding");
  const lengths = new Set(valuesOf(headers, "content-length"));
  if (encodings.length > 0) {
    const understood = encodings.length === 1 && encodings[0]?.toLowerCase() === "chunked";
    return understood && lengths.size === 0 && minor === 1 ? { type: "chunked" } : undefined;
  }
  const [length] = lengths;
  if (length === undefined) return { type: "none" };
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) return undefined;
  return { type: "length", length: Number(length) };
}

export const requestFraming = ({ headers, minor }: RequestHead): Framing | undefined => declaredFraming(headers, minor);

/** Of the answer to a POST. */
export function responseFraming({ headers, minor, status }: ResponseHead): Framing | undefined {
  if (status < 200 || status === 204 || status === 304) return { type: "none" };
  const declared = declaredFraming(headers, minor);
  return declared?.type === "none" ? { type: "close" } : declared;
}

/** Those that belong to one connection only. */
const hopByHop = new Set([
  "connection",
  "content-length",
  "expect",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const connectionOptions = (headers: HeaderList): string[] =>
  valuesOf(headers, "connection").flatMap((value) => value.split(",").map((option) => option.trim().toLowerCase()));

/** The headers that go on to the other side; how long the body is is said anew. */
export function endToEnd(headers: HeaderList, without: readonly string[] = []): HeaderList {
  const named = new Set([...connectionOptions(headers), ...without]);
  return headers.filter(([name]) => !hopByHop.has(name) && !named.has(name));
}

/** Whether the connection may carry another message after this one. */
export function staysOpen({ headers, minor }: { headers: HeaderList; minor: 0 | 1 }): boolean {
  const options = connectionOptions(headers);
  return minor === 1 ? !options.includes("close") : options.includes("keep-alive");
}

export const headerText = (headers: HeaderList): string =>
  headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
