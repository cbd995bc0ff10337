import { locatedWarning, type ConfigWarning, type Source } from "./config-problem.ts";
import { nearest } from "./nearest.ts";
import type { Key } from "./schema/key.ts";
import { configSchema } from "./schema.ts";
import type { ConfigPath, Issue } from "./validate.ts";

/** The warning for a key nobody reads, with the one probably meant. */
export async function unknownFieldWarning(source: Source | undefined, issue: Issue): Promise<ConfigWarning> {
  const meant = nearestKey(issue.path);
  const hint = meant === undefined ? "it has no effect" : `did you mean \`${meant}\`?`;
  const origin = source === undefined ? " in -c/--config override" : "";
  return locatedWarning(source, issue.path, `${issue.message}${origin}; ${hint}`);
}

function nearestKey(path: ConfigPath): string | undefined {
  const parent = keyAt(configSchema, path.slice(0, -1));
  return parent?.kind === "table" ? nearest(String(path.at(-1)), Object.keys(parent.keys)) : undefined;
}

function keyAt(start: Key, path: ConfigPath): Key | undefined {
  let key: Key | undefined = start;
  for (const name of path) key = key && inside(key, name);
  return key;
}

function inside(key: Key, name: string | number): Key | undefined {
  if (key.kind === "list") return key.of;
  if (key.kind === "either") return key.of.map((one) => inside(one, name)).find((one) => one !== undefined);
  return key.kind === "table" ? (key.keys[name] ?? key.rest) : undefined;
}
