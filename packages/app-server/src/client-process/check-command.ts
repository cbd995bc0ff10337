import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** A client's words for a program; `what` is what was to be started, for the message. */
export function checkCommand(
  { command, env }: { readonly command: readonly string[]; readonly env?: object | null | undefined },
  what: string,
): Result<void> {
  if (command.length === 0) return err(fail("emptyCommand"));
  const texts = [...command, ...Object.entries(env ?? {}).flat()];
  const isBroken = texts.some((text) => typeof text === "string" && text.includes("\0"));
  return isBroken ? err(fail("notStarted", what, "nul byte found in provided data")) : ok(undefined);
}
