import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where scripts/clients.sh puts the published clients, with the versions it names. */
const folder = join(
  process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"),
  "codex-clients",
  "sdk-0.163.0-ccusage-18.0.11-acp-2.6.0-ai-2.2.1",
);

export const clientsInstalled = existsSync(join(folder, "complete"));
if (!clientsInstalled)
  console.log(`Skipped: no published clients in ${folder}. Run scripts/clients.sh to install them.`);

/** A file of a published package. */
export const publishedFile = (...path: string[]): string => join(folder, "node_modules", ...path);
