import type { Environment } from "@codex/platform/env";
import { pathKind } from "@codex/platform/read-file";
import { basename } from "node:path";

const known = ["bash", "zsh", "sh"];

/** The person's shell where it is one whose `-lc` we know; else bash, else sh. Absolute. */
export function userShell(env: Environment): string {
  const own = env.SHELL;
  if (own !== undefined && known.includes(basename(own)) && pathKind(own) === "file") return own;
  return pathKind("/bin/bash") === "file" ? "/bin/bash" : "/bin/sh";
}
