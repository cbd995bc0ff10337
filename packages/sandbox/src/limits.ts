import { err, ok, type Result } from "@codex/protocol/result";
import type { Command } from "./launcher.ts";
import type { SandboxSettings } from "./settings.ts";

/**
 * The command with limits on what it may use, set by prlimit(1), which then becomes the command. The kernel counts memory for
 * each process; processes for the command as a whole, or for the person's all where there is no user namespace, and never root's.
 */
export function withLimits(
  command: Command,
  limits: SandboxSettings["limits"],
  findHelper: (name: string) => string | undefined,
): Result<Command, string> {
  const words = [
    ...(limits?.processes === undefined ? [] : [`--nproc=${limits.processes}`]),
    ...(limits?.memory_mb === undefined ? [] : [`--data=${limits.memory_mb * 2 ** 20}`]),
  ];
  if (words.length === 0) return ok(command);
  const prlimit = findHelper("prlimit");
  if (prlimit === undefined) return err(noPrlimit);
  return ok({ ...command, argv: [prlimit, ...words, "--", ...command.argv] });
}

const noPrlimit =
  "`[sandbox.limits]` needs the program `prlimit` (util-linux): install it, or take the limits out of config.toml.";
