import type { Environment } from "./env.ts";
import { stdio } from "./stdio.ts";

const levels = ["error", "warn", "info", "debug", "trace"] as const;
type Level = (typeof levels)[number];

/**
 * Writes to standard error what `RUST_LOG` lets through: `debug`, or `codex=debug,other=warn`. Nothing is written where it is
 * unset. Lines have the original's form: time, level, target, message.
 */
export function debugLog(env: Environment, target: string, level: Level = "debug"): (message: string) => void {
  if (!isEnabled(env.RUST_LOG ?? "", target, level)) return () => undefined;
  return (message) =>
    stdio.err(`${new Date().toISOString()} ${level.toUpperCase().padStart(5)} ${target}: ${message}\n`);
}

function isEnabled(filter: string, target: string, level: Level): boolean {
  let allowed: string | undefined;
  let length = -1;
  for (const directive of filter.split(",").map((part) => part.trim())) {
    const [name = "", value] = directive.split("=");
    const [prefix, limit] = value === undefined ? ["", name] : [name, value];
    // The longest prefix of the target decides.
    const fits = target === prefix || prefix === "" || target.startsWith(`${prefix}::`) || target.startsWith(prefix);
    if (fits && prefix.length >= length) [allowed, length] = [limit.toLowerCase(), prefix.length];
  }
  const limit = levels.findIndex((name) => name === allowed);
  return limit >= levels.indexOf(level);
}
