import { join } from "node:path";
import { isUuid } from "./ids.ts";
import { readText } from "./read-file.ts";
import { writeAtomic } from "./write-atomic.ts";

/** The id that this Codex home has among all: made once, kept in `$CODEX_HOME/installation_id` as the original keeps it. */
export function installationId(codexHome: string): string {
  const path = join(codexHome, "installation_id");
  const stored = readText(path);
  const known = stored.ok ? stored.value?.trim() : undefined;
  if (known !== undefined && isUuid(known)) return known;
  const made = crypto.randomUUID();
  // A home that cannot be written gets a new id each time; nothing depends on it.
  writeAtomic(path, made);
  return made;
}
