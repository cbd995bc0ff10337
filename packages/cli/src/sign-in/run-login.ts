import { stdio } from "@codex/platform/stdio";
import type { Result } from "@codex/protocol/result";
import { refuse } from "../refuse.ts";
import type { LoginFlags } from "./login-flags.ts";
import { openLogin, type Login } from "./open-login.ts";

/** `codex login` from parsed argv to its exit code. Everything it says is on standard error. */
export async function runLogin(flags: LoginFlags): Promise<number> {
  if (flags.apiKey !== undefined) {
    stdio.err(
      "The --api-key flag is no longer supported, since other programs can read it. Pipe the key instead: `printenv OPENAI_API_KEY | codex login --with-api-key`.\n",
    );
    return 1;
  }
  if (flags.withApiKey && flags.withAccessToken) {
    stdio.err("Choose one login credential source: --with-api-key or --with-access-token.\n");
    return 1;
  }
  const login = await openLogin(flags);
  if (!login.ok) return refuse(login.error);
  const done = await signIn(flags, login.value);
  if (!done.ok) {
    stdio.err(`${done.error}\n`);
    return 1;
  }
  if (!login.value.auth.lasting) {
    stdio.err('Nothing was stored: cli_auth_credentials_store = "ephemeral" keeps a login for one process only.\n');
  }
  return 0;
}

async function signIn(flags: LoginFlags, login: Login): Promise<Result<void, string>> {
  if (flags.withApiKey) return (await import("./store-secret.ts")).storeApiKey(login);
  if (flags.withAccessToken) return (await import("./store-secret.ts")).storeAccessToken(login);
  return (await import("./sign-in-with-chatgpt.ts")).signInWithChatGpt(flags, login);
}
