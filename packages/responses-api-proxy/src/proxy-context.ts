import type { Dumps } from "./dump-exchanges.ts";
import type { Route } from "./find-route.ts";
import type { Upstream } from "./parse-upstream.ts";
import type { SecretWriter } from "./secret-header.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

/** What all connections of one proxy share. */
export type ProxyContext = {
  readonly upstream: Upstream;
  readonly route: Route;
  readonly pool: UpstreamPool;
  readonly writer: SecretWriter;
  readonly dumps: Dumps | undefined;
  /** Nothing may rest longer than this within an exchange, ms; 0: no limit. */
  readonly idleTimeoutMs: number;
  /** Ends the proxy; undefined where nobody may ask for it over HTTP. */
  readonly shutDown: (() => void) | undefined;
  /** Tells people of a failure. */
  report(message: string): void;
};
