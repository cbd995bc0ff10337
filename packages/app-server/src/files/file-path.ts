import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";

/** An absolute path of a client without `.` and `..`, which go by the names and not by where links lead. */
export const filePath = (path: string): Result<string> =>
  path.includes("\0") ? err(fail("refusedParams", "file name contained an unexpected NUL byte")) : ok(resolve(path));
