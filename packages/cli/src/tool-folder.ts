import { pathKind } from "@codex/platform/read-file";
import { dirname, join } from "node:path";

/** The folder with `rg` that the build puts beside the program; undefined where it is not there. */
export function toolFolder(): string | undefined {
  const folder = join(dirname(process.execPath), "codex-path");
  return pathKind(folder) === "directory" ? folder : undefined;
}
