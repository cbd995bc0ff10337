import type { CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { configError } from "./config-problem.ts";
import { nest, type ConfigTable, type ConfigValue } from "./config-value.ts";
import { resolveFeatureName } from "./features.ts";
import { mergeTables } from "./merge-layers.ts";
import { parseToml } from "./parse-toml.ts";

export type Flags = {
  /** `-c key=value`, in the order given. */
  readonly overrides: readonly string[];
  /** `--enable` and `--disable`. */
  readonly enable: readonly string[];
  readonly disable: readonly string[];
};

/** The layer that a command line makes. A later flag wins over an earlier one. */
export function parseFlags(flags: Flags): Result<ConfigTable> {
  let layer: ConfigTable = {};
  for (const text of flags.overrides) {
    const override = parseOverride(text);
    if (!override.ok) return override;
    layer = mergeTables(layer, override.value);
  }
  for (const [names, enabled] of [
    [flags.enable, true],
    [flags.disable, false],
  ] as const) {
    for (const name of names) {
      const known = resolveFeatureName(name);
      if (!known.ok) return known;
      layer = mergeTables(layer, { features: { [known.value]: enabled } });
    }
  }
  return ok(layer);
}

/** `a.b=value`: a dotted path, segments quoted where they hold dots; the value as TOML, or else as the plain text it is. */
export function parseOverride(text: string): Result<ConfigTable> {
  const equals = equalsSign(text);
  if (equals === -1) return refuse(`Invalid override (missing '='): ${text}`);
  const path = splitPath(text.slice(0, equals).trim());
  if (path.some((key) => key === "")) return refuse(`Empty key in override: ${text}`);
  return ok(nest(path, parseValue(text.slice(equals + 1).trim())) as ConfigTable);
}

const refuse = (why: string): Result<never, CodexError> => err(configError(`Error parsing -c overrides: ${why}`));

/** The first `=` outside quotes. */
function equalsSign(text: string): number {
  const match = /^(?:[^"'=]|"[^"]*"|'[^']*'|["'])*?=/.exec(text);
  return match === null ? -1 : match[0].length - 1;
}

/** `a."b.c".d` in its segments. */
const splitPath = (path: string): string[] =>
  [...path.matchAll(/(?:"([^"]*)"|'([^']*)'|([^."']*))(?:\.|$)/g)]
    .filter((match) => match.index < path.length || path === "")
    .map((match) => match[1] ?? match[2] ?? match[3] ?? "");

function parseValue(text: string): ConfigValue {
  const parsed = parseToml(`value = ${text}`);
  const value = parsed.ok && Object.keys(parsed.value).length === 1 ? parsed.value.value : undefined;
  return value ?? text.replaceAll(/^["']+|["']+$/g, "");
}
