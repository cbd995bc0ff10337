import { isObject, parseJson } from "@codex/protocol/json";
import { type CodexError, fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** How requests to OpenAI are signed. */
export type Credentials = { mode: "apiKey"; key: string };

/** Where credentials may be found, narrowed to what is read. */
export type CredentialSources = {
  /** Value of CODEX_API_KEY where the face honours it (exec does), else undefined. */
  environmentKey: string | undefined;
  /** Text of `$CODEX_HOME/auth.json`, undefined where there is none. */
  authJson: string | undefined;
};

/**
 * The environment's key, else the stored one; undefined where there is neither. A login that this build cannot use is an
 * error rather than nothing, because "no credentials" would send the person to log in once more.
 *
 * auth.json as the original writes it: `{"auth_mode":"apikey","OPENAI_API_KEY":"…"}`; without `auth_mode` a key there
 * means "apikey" and anything else "chatgpt".
 */
export function readCredentials({ environmentKey, authJson }: CredentialSources): Result<Credentials | undefined> {
  const key = environmentKey?.trim();
  if (key) return ok({ mode: "apiKey", key });
  if (authJson === undefined) return ok(undefined);
  const stored = parseJson(authJson);
  if (!isObject(stored)) return err(unusable("auth.json is damaged. Remove it, and set CODEX_API_KEY to an API key."));
  return readStored(stored);
}

function readStored(stored: Record<string, unknown>): Result<Credentials | undefined> {
  const storedKey = stored["OPENAI_API_KEY"];
  const key = typeof storedKey === "string" ? storedKey.trim() : "";
  const mode = stored["auth_mode"] ?? (key === "" ? "chatgpt" : "apikey");
  if (mode === "apikey") return ok(key === "" ? undefined : { mode: "apiKey", key });
  if (mode === "chatgpt" && !isObject(stored["tokens"])) return ok(undefined);
  return err(
    unusable(`${loginNames[String(mode)] ?? "This kind of login"} is not available in this build yet. ${useKey}`),
  );
}

const useKey = "Set CODEX_API_KEY to use an API key.";

const loginNames: Readonly<Record<string, string>> = {
  chatgpt: "Signing in with ChatGPT",
  chatgptAuthTokens: "Signing in with ChatGPT",
  personalAccessToken: "A personal access token",
  agentIdentity: "An agent identity",
};

const unusable = (why: string): CodexError => ({ ...fail("noCredentials", "OpenAI"), message: why });
