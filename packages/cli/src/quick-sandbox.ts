import type { SandboxFlags } from "./run-sandbox.ts";

/**
 * `codex sandbox` without the command line's whole tree, which would cost more than confining the command does: for words that
 * are written as most people write them. Others, and mistakes, are for that tree.
 */
export async function quickSandbox(words: readonly string[]): Promise<number> {
  const read = readSandboxWords(words);
  if (read === undefined) {
    const { runCli } = await import("./run-cli.ts");
    return runCli(["sandbox", ...words]);
  }
  const { runSandbox } = await import("./run-sandbox.ts");
  return runSandbox(read.argv, read.flags, undefined);
}

/** What follows `sandbox`: the options before the command's name, and the command. Undefined where it is not certain. */
export function readSandboxWords(
  words: readonly string[],
): { argv: readonly string[]; flags: SandboxFlags } | undefined {
  const flags: SandboxFlags = {};
  let at = 0;
  for (; words[at]?.startsWith("-") && words[at] !== "--"; at += 2) {
    const [option = "", value = ""] = words.slice(at);
    // Where a value looks like an option, one of the two may have been forgotten.
    if (value === "" || value.startsWith("-") || !take(flags, option, value)) return undefined;
  }
  const argv = words.slice(words[at] === "--" ? at + 1 : at);
  const [name = "-"] = argv;
  return name.startsWith("-") || namesOfOlderForms.has(name) ? undefined : { argv, flags };
}

const namesOfOlderForms = new Set(["linux", "macos", "windows"]);

function take(flags: SandboxFlags, option: string, value: string): boolean {
  switch (option) {
    case "-s":
    case "--sandbox":
      flags.sandbox = value;
      return modes.has(value);
    case "-c":
    case "--config":
      flags.config = [...(flags.config ?? []), value];
      return true;
    case "-P":
    case "--permission-profile":
      flags.permissionProfile = value;
      return true;
    case "-C":
    case "--cd":
      flags.cd = value;
      return true;
    default:
      return false;
  }
}

const modes = new Set(["read-only", "workspace-write", "danger-full-access"]);
