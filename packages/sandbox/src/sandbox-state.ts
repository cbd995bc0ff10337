import type { SandboxPolicy } from "@codex/protocol/thread";

/**
 * What stands between a command and the machine. "holds": a sandbox, ours or one around us. "off": nothing, as the user chose.
 * "missing": nothing, though the policy asks for a sandbox, since the system has none that we could use.
 */
export type SandboxState = "holds" | "off" | "missing";

/** Native Windows has none. Where Linux or macOS cannot give theirs, commands are refused when they start. Pure. */
export function sandboxState(policy: SandboxPolicy["type"], platform: NodeJS.Platform): SandboxState {
  if (policy === "dangerFullAccess") return "off";
  return platform === "win32" && policy !== "externalSandbox" ? "missing" : "holds";
}

/** For the person, at the first command. */
export const missingNotice =
  "There is no sandbox on native Windows: every command that does more than read needs your approval. Work in WSL2 to have one.";
