import { readText } from "@codex/platform/read-file";
import { removeFile } from "@codex/platform/remove-file";
import { sha256 } from "@codex/platform/sha256";
import { writeAtomic } from "@codex/platform/write-atomic";
import { isObject, parseJson } from "@codex/protocol/json";
import { join } from "node:path";
import type { ChatGptTokens } from "./stored-login.ts";

/** Remembers for every process that the service has refused a login for good, so that nobody sends its token again. */
export type RefusedMarker = {
  /** Why these very tokens were refused; undefined where they were not. */
  read(tokens: ChatGptTokens): string | undefined;
  write(tokens: ChatGptTokens, message: string): void;
  clear(): void;
};

/** In memory, and in `$CODEX_HOME/auth-refused.json`: a hash of the tokens, which changes with any of them, and the sentence. */
export function refusedMarker(codexHome: string, lasting: boolean): RefusedMarker {
  const path = join(codexHome, "auth-refused.json");
  let known: { hash: string; message: string } | undefined;
  const stored = (): typeof known => {
    const text = lasting ? readText(path) : undefined;
    const value = text?.ok && text.value !== undefined ? parseJson(text.value) : undefined;
    if (!isObject(value)) return undefined;
    const { tokens_sha256: hash, message } = value;
    return typeof hash === "string" && typeof message === "string" ? { hash, message } : undefined;
  };
  return {
    read: (tokens) => {
      const hash = hashOf(tokens);
      if (known?.hash !== hash) known = stored();
      return known?.hash === hash ? known.message : undefined;
    },
    write: (tokens, message) => {
      known = { hash: hashOf(tokens), message };
      // Where it cannot be written the other processes ask once more each: no harm but the request.
      if (lasting) writeAtomic(path, `${JSON.stringify({ tokens_sha256: known.hash, message })}\n`);
    },
    clear: () => {
      known = undefined;
      if (lasting) removeFile(path);
    },
  };
}

/** Tokens are long and random, so that their hash tells nothing. */
const hashOf = ({ accessToken, refreshToken, accountId }: ChatGptTokens): string =>
  sha256(JSON.stringify(["codex-refused-login", refreshToken, accessToken, accountId]));
