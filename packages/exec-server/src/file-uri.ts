import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Clients name files by URIs, whatever machine they run on themselves. The refusals are in the original's words. */
export function pathOf(uri: string): Result<string> {
  if (!URL.canParse(uri)) return err(fail("invalidParams", "invalid URI: relative URL without a base"));
  const url = new URL(uri);
  if (url.protocol !== "file:") {
    return err(fail("invalidParams", `unsupported path URI scheme \`${url.protocol.slice(0, -1)}\``));
  }
  if (url.search !== "" || uri.includes("?")) {
    return err(fail("invalidParams", "query parameters are not allowed in path URIs"));
  }
  if (url.hash !== "" || uri.includes("#")) {
    return err(fail("invalidParams", "fragments are not allowed in path URIs"));
  }
  if (url.hostname !== "") return err(fail("refusedParams", notHere(uri)));
  const path = decode(url);
  return path === undefined || path.includes("\0") ? err(fail("invalidParams", notHere(uri))) : ok(resolve(path));
}

const notHere = (uri: string): string => `'${uri}' is invalid on '${platforms[process.platform] ?? process.platform}'`;

const platforms: Readonly<Record<string, string>> = { darwin: "macos", win32: "windows" };

function decode(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

export const uriOf = (path: string): string => pathToFileURL(path).href;
