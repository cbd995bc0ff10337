import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** Where requests go. */
export type Upstream = {
  readonly secure: boolean;
  /** A name, or an address without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** As the `host` header has it. */
  readonly host: string;
  /** With the query, as given. */
  readonly path: string;
};

/** Reads an absolute URL; its path and query are used as they are. `flag`: how people gave it. */
export function parseUpstream(url: string, flag: string): Result<Upstream> {
  const parsed = URL.parse(url);
  if (parsed === null) return err(fail("usage", `parsing ${flag}: ${JSON.stringify(url)} is no absolute URL`));
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:")
    return err(fail("usage", `parsing ${flag}: only http and https can be used, not ${parsed.protocol}`));
  if (parsed.hostname === "") return err(fail("usage", "upstream URL must include a host"));
  if (parsed.username !== "" || parsed.password !== "")
    return err(fail("usage", `parsing ${flag}: a URL with a user name cannot be used`));
  const secure = parsed.protocol === "https:";
  return ok({
    secure,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port === "" ? (secure ? 443 : 80) : Number(parsed.port),
    host: parsed.host,
    path: parsed.pathname + parsed.search,
  });
}
