import { plainFetch, type Fetch } from "@codex/platform/fetch";
import { createCookieJar, type CookieJar } from "./cookie-jar.ts";

/**
 * A `fetch` that sends a jar's cookies and fills it. A caller's own `Cookie` header goes out alone, as it is, and replies
 * keep their `Set-Cookie` headers: the jar is nobody's business but Cloudflare's. Whoever follows redirects asks again
 * for each address, so that no cookie travels along.
 */
export const withCookies =
  (jar: CookieJar, fetch: Fetch): Fetch =>
  async (url, init) => {
    const headers = new Headers(init.headers);
    const cookies = headers.has("cookie") ? undefined : jar.headerFor(url);
    if (cookies !== undefined) headers.set("cookie", cookies);
    const reply = await fetch(url, cookies === undefined ? init : { ...init, headers });
    jar.take(url, reply.headers.getSetCookie());
    return reply;
  };

/**
 * For every request that may go to ChatGPT's hosts. There is one jar a process, because what it keeps is the process's
 * place at Cloudflare, whoever of its parts asks; to all other hosts this is the plain `fetch`.
 */
export const cookieFetch: Fetch = withCookies(createCookieJar(Date.now), plainFetch);
