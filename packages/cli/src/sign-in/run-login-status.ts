import type { Credentials } from "@codex/auth/credentials";
import { maskedKey } from "@codex/auth/masked-key";
import { refusalOf } from "@codex/auth/restrictions";
import type { Environment } from "@codex/platform/env";
import { stdio } from "@codex/platform/stdio";
import { refuse } from "../refuse.ts";
import type { LoginFlags } from "./login-flags.ts";
import { openLogin, type Login } from "./open-login.ts";

/** `codex login status`: 0 where a login is stored or CODEX_ACCESS_TOKEN is set, 1 where not. No network. */
export async function runLoginStatus(flags: LoginFlags): Promise<number> {
  const login = await openLogin(flags);
  if (!login.ok) return refuse(login.error);
  const { lines, exitCode } = describeLogin(login.value);
  stdio.err(lines.map((line) => `${line}\n`).join(""));
  return exitCode;
}

/** The first line is the original's: programs read it. */
function describeLogin(login: Login): { lines: string[]; exitCode: number } {
  const { auth, env, restrictions } = login;
  const found = auth.credentials();
  if (!found.ok) return { lines: [`Error checking login status: ${found.error}`], exitCode: 1 };
  const credentials = found.value;
  // A key in the environment counts for `codex exec` only, and is no login.
  const isLogin = credentials !== undefined && !(credentials.mode === "apiKey" && credentials.from === "environment");
  const lines = isLogin ? describe(credentials) : ["Not logged in"];
  const refused = auth.refusedFor();
  if (isLogin && credentials.mode === "chatgpt" && refused !== undefined) lines.push(refused);
  const refusal = isLogin ? refusalOf(credentials, restrictions) : undefined;
  if (refusal !== undefined) lines.push(refusal);
  return { lines: [...lines, ...environmentLines(env)], exitCode: isLogin ? 0 : 1 };
}

function describe(credentials: Credentials): string[] {
  switch (credentials.mode) {
    case "apiKey":
      return [
        `API key configured - ${maskedKey(credentials.key)}`,
        "Authentication is checked when you send a request.",
      ];
    case "chatgpt":
    case "chatgptAuthTokens":
      return ["Logged in using ChatGPT"];
    case "personalAccessToken":
      return ["Logged in using personal access token"];
  }
}

/** Which variables the next run will read, and which it will not. */
function environmentLines(env: Environment): string[] {
  const lines: string[] = [];
  if (env.CODEX_API_KEY) lines.push("CODEX_API_KEY is set: `codex exec` uses that key.");
  else if (env.OPENAI_API_KEY)
    lines.push("OPENAI_API_KEY is set but not read: the variable that counts is CODEX_API_KEY.");
  if (env.OPENAI_BASE_URL) lines.push("OPENAI_BASE_URL is set but not read: set openai_base_url in config.toml.");
  return lines;
}
