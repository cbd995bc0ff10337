import { isCloudflareCookie, takesCookies } from "./allow-list.ts";
import { liesIn, readSetCookie, type Cookie } from "./read-set-cookie.ts";

/** Keeps the cookies by which Cloudflare routes a client to the same servers; in memory only, never anything else. */
export type CookieJar = {
  /** The `Cookie` header for a request; undefined where none is to be sent. */
  headerFor(url: string): string | undefined;
  /** Takes in the `Set-Cookie` headers of a reply from `url`. */
  take(url: string, setCookies: readonly string[]): void;
};

/** `now` in Unix milliseconds. */
export function createCookieJar(now: () => number): CookieJar {
  const cookies = new Map<string, Cookie>();

  const isOver = ({ expires }: Cookie): boolean => expires !== undefined && expires <= now();

  const dropOver = (): void => {
    for (const [key, cookie] of cookies) if (isOver(cookie)) cookies.delete(key);
  };

  const put = (cookie: Cookie): void => {
    const key = JSON.stringify([cookie.domain, cookie.path, cookie.name]);
    if (cookies.size >= most) dropOver();
    if (isOver(cookie)) cookies.delete(key);
    else if (cookies.has(key) || cookies.size < most) cookies.set(key, cookie);
  };

  return {
    headerFor: (address) => {
      const url = parse(address);
      if (!url) return undefined;
      const sent = [...cookies.values()]
        .filter((cookie) => !isOver(cookie) && isFor(cookie, url))
        // the more exact path first; the sort keeps the older first otherwise
        .sort((one, other) => other.path.length - one.path.length);
      return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
    },
    take: (address, setCookies) => {
      const url = parse(address);
      if (!url) return;
      for (const header of setCookies) {
        const cookie = readSetCookie(header, url, now());
        if (cookie && isCloudflareCookie(cookie.name)) put(cookie);
      }
    },
  };
}

/** Names beginning with `cf_chl_` have no end; a server cannot fill the memory with them. */
const most = 200;

const parse = (address: string): URL | undefined => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && takesCookies(url) ? url : undefined;
};

const isFor = ({ domain, hostOnly, path }: Cookie, { hostname, pathname }: URL): boolean =>
  (hostOnly ? hostname === domain : liesIn(hostname, domain)) && liesUnder(pathname, path);

const liesUnder = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
