import type { ByteReader } from "./byte-reader.ts";

/** The head of an HTTP/1 request (RFC 9112). Header names in lower case, in order, with their repetitions. */
export type RequestHead = {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
};

/** How the request's content ends: after so many bytes, or in chunks that say it themselves. */
export type BodyLength = { readonly kind: "bytes"; readonly count: number } | { readonly kind: "chunked" };

const largestHead = 64 * 1024;

/** Undefined at the end of the connection; "malformed" for anything that two programs could read in two ways. */
export async function readHead(reader: ByteReader): Promise<RequestHead | "malformed" | undefined> {
  const first = await reader.some(1);
  if (first === undefined) return undefined;
  const rest = await reader.until("\r\n\r\n", largestHead);
  if (rest === undefined) return "malformed";
  const [line = "", ...fields] = `${first.toString("latin1")}${rest.toString("latin1")}`.slice(0, -4).split("\r\n");
  const [, method, target] = /^([!#$%&'*+.^_`|~\w-]+) ([\x21-\x7e]+) HTTP\/1\.[01]$/.exec(line) ?? [];
  const headers = fields.map(parseField);
  if (method === undefined || target === undefined || headers.includes(undefined)) return "malformed";
  return { method, target, headers: headers.filter((header) => header !== undefined) };
}

function parseField(line: string): readonly [string, string] | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
  const match = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*$/.exec(line);
  return match ? [(match[1] ?? "").toLowerCase(), match[2] ?? ""] : undefined;
}

/** Undefined where the headers contradict each other, by which a second request could be smuggled past. */
export function bodyLength({ headers }: RequestHead): BodyLength | undefined {
  const lengths = headers.filter(([name]) => name === "content-length").map(([, value]) => value);
  const codings = headers.filter(([name]) => name === "transfer-encoding").map(([, value]) => value.toLowerCase());
  if (codings.length > 0) return codings.join() === "chunked" && lengths.length === 0 ? { kind: "chunked" } : undefined;
  const [length = "0", ...others] = lengths;
  if (!/^\d{1,15}$/.test(length) || others.length > 0) return undefined;
  return { kind: "bytes", count: Number(length) };
}
