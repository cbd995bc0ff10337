/** The text's SHA-1 in hex. For recognising a text again, never for trust. */
export const sha1 = (text: string): string => new Bun.CryptoHasher("sha1").update(text).digest("hex");
