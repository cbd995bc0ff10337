/** What `fetch` is asked for; each redirect comes back to the caller, who decides where credentials may go. */
export type FetchInit = BunFetchRequestInit & { redirect: "manual" };

/** One exchange of `fetch`. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** Bun's own, which reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY at each request. */
export const plainFetch: Fetch = (url, init) => fetch(url, init);
