import { lockMemory } from "@codex/platform/locked-memory";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { keyLimit, type Secret } from "./secret-header.ts";

const standardInput = 0;
const [tab, lineFeed, carriageReturn, blank] = [9, 10, 13, 32];

export type KeyWords = {
  readonly empty: string;
  readonly tooLarge: string;
  readonly wrongCharacter: string;
  allows(byte: number): boolean;
};

/**
 * Reads the first line of standard input into locked memory, byte by byte as the system gives it: it never becomes a string.
 * Blanks around it are dropped; the rest of the input is left unread as far as the system allows.
 */
export function readKey(words: KeyWords): Result<Secret> {
  const memory = lockMemory(keyLimit);
  const { bytes } = memory;
  const refuse = (message: string): Result<never> => {
    memory.wipe();
    return err(fail("usage", message));
  };
  let end = 0;
  let lineEnd = -1;
  try {
    while (lineEnd === -1 && end < bytes.length) {
      const got = memory.fill(standardInput, end);
      if (got === 0) break;
      lineEnd = bytes.subarray(0, end + got).indexOf(lineFeed, end);
      end += got;
    }
  } catch (error) {
    return refuse(`Standard input cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (lineEnd === -1 && end === bytes.length) return refuse(words.tooLarge);
  let start = 0;
  let stop = lineEnd === -1 ? end : lineEnd;
  while (start < stop && isBlank(bytes[start])) start++;
  while (stop > start && isBlank(bytes[stop - 1])) stop--;
  if (start === stop) return refuse(words.empty);
  bytes.copyWithin(0, start, stop);
  const length = stop - start;
  bytes.fill(0, length);
  for (let at = 0; at < length; at++) if (!words.allows(bytes[at] ?? 0)) return refuse(words.wrongCharacter);
  return ok({ memory, length });
}

const isBlank = (byte: number | undefined): boolean =>
  byte === blank || byte === tab || byte === carriageReturn || byte === lineFeed;

const isLetterOrDigit = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);

const among = (characters: string): ReadonlySet<number> => new Set(Buffer.from(characters));
const ofApiKeys = among("-_");
const ofTokens = among("-_.~+/=");

export const apiKeyWords: KeyWords = {
  empty:
    "API key must be provided via stdin (e.g. printenv OPENAI_API_KEY | env -u OPENAI_API_KEY codex-responses-api-proxy)",
  tooLarge: `API key is too large to fit in the ${keyLimit}-byte buffer`,
  wrongCharacter: "API key may only contain ASCII letters, numbers, '-' or '_'",
  allows: (byte) => isLetterOrDigit(byte) || ofApiKeys.has(byte),
};

/** A bearer token as RFC 6750 has it. */
export const isTokenByte = (byte: number): boolean => isLetterOrDigit(byte) || ofTokens.has(byte);

export const requestTokenWords: KeyWords = {
  empty: "The GitHub OIDC request token must be provided via stdin (ACTIONS_ID_TOKEN_REQUEST_TOKEN of the runner).",
  tooLarge: `The GitHub OIDC request token is too large to fit in the ${keyLimit}-byte buffer`,
  wrongCharacter: "The GitHub OIDC request token holds a character that no bearer token has.",
  allows: isTokenByte,
};
