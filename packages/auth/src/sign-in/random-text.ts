import { sha256Bytes } from "@codex/platform/sha256";

/** `n` random bytes in base64url without padding. */
export const randomText = (n: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(n))).toString("base64url");

/** RFC 7636 with S256, as long as the original's. */
export function makePkce(): { verifier: string; challenge: string } {
  const verifier = randomText(64);
  return { verifier, challenge: Buffer.from(sha256Bytes(verifier)).toString("base64url") };
}
