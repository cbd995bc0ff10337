import { err, type Result } from "@codex/protocol/result";
import type { LoginFlags } from "./login-flags.ts";
import type { Login } from "./open-login.ts";

export async function signInWithChatGpt(_flags: LoginFlags, { restrictions }: Login): Promise<Result<void, string>> {
  if (restrictions.method === "api") return err("ChatGPT login is disabled. Use API key login instead.");
  return err("not yet");
}
