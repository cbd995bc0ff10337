import { askWhose, isPersonalAccessToken } from "@codex/auth/read-personal-token";
import { workspaceRefusal } from "@codex/auth/restrictions";
import { readStdin, stdio } from "@codex/platform/stdio";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Login } from "./open-login.ts";

/** Stores the API key that stands on standard input. */
export async function storeApiKey({ auth, restrictions }: Login): Promise<Result<void, string>> {
  if (restrictions.method === "chatgpt") return err("API key login is disabled. Use ChatGPT login instead.");
  const key = await readSecret("API key", "printenv OPENAI_API_KEY | codex login --with-api-key");
  if (!key.ok) return key;
  if (!key.value.startsWith("sk-")) stdio.err("warning: OpenAI's API keys begin with `sk-`; this one does not.\n");
  const saved = await auth.saveApiKey(key.value);
  if (!saved.ok) return err(`Error logging in: ${saved.error}`);
  stdio.err("API key saved. Authentication is checked when you send a request.\n");
  return ok(undefined);
}

/** Stores the personal access token that stands on standard input, once the service has said whose it is. */
export async function storeAccessToken({ auth, restrictions }: Login): Promise<Result<void, string>> {
  if (restrictions.method === "api") return err("ChatGPT login is disabled. Use API key login instead.");
  const token = await readSecret("access token", "printenv CODEX_ACCESS_TOKEN | codex login --with-access-token");
  if (!token.ok) return token;
  if (!isPersonalAccessToken(token.value)) {
    return err(
      "Error logging in with access token: this is no personal access token; those begin with `at-`. Agent identities cannot be used by this version.",
    );
  }
  const account = await askWhose(token.value, auth.personalTokens);
  if (!account.ok) return err(`Error logging in with access token: ${account.error}`);
  const refusal = workspaceRefusal(account.value, restrictions);
  if (refusal !== undefined) return err(`Error logging in with access token: ${refusal}`);
  const saved = await auth.savePersonalToken(token.value);
  if (!saved.ok) return err(`Error logging in with access token: ${saved.error}`);
  stdio.err("Successfully logged in\n");
  return ok(undefined);
}

/** One word without what HTTP forbids in a header. It is never repeated, nor any part of it. */
async function readSecret(name: string, example: string): Promise<Result<string, string>> {
  if (stdio.isTerminal("in"))
    return err(`The ${name} is read from stdin, so that it stays off the screen. Try: ${example}`);
  stdio.err(`Reading ${name} from stdin...\n`);
  const input = await readStdin();
  const secret = input.type === "text" ? Buffer.from(input.bytes).toString("utf8").trim() : "";
  if (secret === "") return err(`No ${name} provided via stdin.`);
  if (/^[\x21-\x7e]+$/.test(secret)) return ok(secret);
  return err(
    `The ${name} holds blanks or characters that HTTP forbids. Check what was copied, and pipe it in once more.`,
  );
}
