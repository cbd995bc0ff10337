import { err, ok, type Result } from "@codex/protocol/result";

/** Strict: the standard alphabet, padded. The error is in the words that clients of the original know. */
export function decodeBase64(text: string): Result<Uint8Array, string> {
  const body = text.replace(/={1,2}$/, "");
  const at = body.search(/[^A-Za-z0-9+/]/);
  if (at !== -1)
    return err(`Invalid symbol ${Buffer.from(body.slice(at))[0]}, offset ${Buffer.byteLength(body.slice(0, at))}.`);
  if (body.length % 4 === 1) return err(`Invalid input length: ${text.length}`);
  return text.length % 4 === 0 ? ok(Buffer.from(text, "base64")) : err("Invalid padding");
}
