/** A UUIDv7: sorts by time of making. Thread, turn and item ids are such. */
export const newId = (): string => Bun.randomUUIDv7();

/** `n` random hex digits. */
export const randomHex = (n: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(Math.ceil(n / 2))))
    .toString("hex")
    .slice(0, n);

/** Any UUID, in any letter case. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
