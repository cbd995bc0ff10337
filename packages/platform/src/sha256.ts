/** In hex. */
export const sha256 = (text: string): string => new Bun.CryptoHasher("sha256").update(text).digest("hex");

export const sha256Bytes = (text: string): Uint8Array => new Bun.CryptoHasher("sha256").update(text).digest();
