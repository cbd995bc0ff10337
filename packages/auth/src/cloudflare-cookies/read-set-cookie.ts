/** A cookie as RFC 6265 keeps it. */
export type Cookie = {
  name: string;
  value: string;
  domain: string;
  /** Sent to `domain` alone, not to the hosts below it. */
  hostOnly: boolean;
  path: string;
  /** Unix milliseconds; undefined: as long as the process lives. */
  expires: number | undefined;
};

/** Reads one `Set-Cookie` that came from `url`; undefined where it may not be kept. */
export function readSetCookie(header: string, url: URL, nowMs: number): Cookie | undefined {
  const [pair = "", ...rest] = header.split(";");
  const equals = pair.indexOf("=");
  const name = pair.slice(0, equals).trim();
  if (equals < 1 || name === "" || header.length > longest || !isSendable(pair)) return undefined;
  const attributes = new Map(rest.map(readAttribute));
  const domain = readDomain(attributes.get("domain"), url.hostname);
  if (domain === undefined) return undefined;
  const path = attributes.get("path");
  return {
    name,
    value: pair.slice(equals + 1).trim(),
    ...domain,
    path: path?.startsWith("/") ? path : defaultPath(url.pathname),
    expires: readExpiry(attributes.get("max-age"), attributes.get("expires"), nowMs),
  };
}

/** What browsers keep of one cookie at most, in characters. */
const longest = 4096;

const isSendable = (pair: string): boolean => /^[\t\x20-\x7e]*$/.test(pair);

function readAttribute(text: string): [name: string, value: string] {
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  return [name.trim().toLowerCase(), equals < 0 ? "" : text.slice(equals + 1).trim()];
}

/** A host may speak for itself and for the domains it lies in, save those of one label, which belong to nobody. */
function readDomain(attribute: string | undefined, host: string): Pick<Cookie, "domain" | "hostOnly"> | undefined {
  const domain = attribute?.replace(/^\./, "").toLowerCase() ?? "";
  if (domain === "") return { domain: host, hostOnly: true };
  return domain.includes(".") && liesIn(host, domain) ? { domain, hostOnly: false } : undefined;
}

export const liesIn = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** The folder of the address. */
const defaultPath = (pathname: string): string => pathname.slice(0, pathname.lastIndexOf("/")) || "/";

/** `Max-Age` counts before `Expires`; a date that cannot be read says nothing. */
function readExpiry(maxAge: string | undefined, expires: string | undefined, nowMs: number): number | undefined {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return nowMs + Number(maxAge) * 1000;
  const date = expires === undefined ? Number.NaN : Date.parse(expires);
  return Number.isNaN(date) ? undefined : date;
}
