import { lockMemory, type LockedMemory } from "@codex/platform/locked-memory";

/** A key has at most this many bytes. */
export const keyLimit = 16 * 1024;

const assemblyLimit = 128 * 1024;

/** A key in locked memory: bytes from `start` of `length`. */
export type Secret = { readonly memory: LockedMemory; length: number };

export type SecretWriter = {
  /**
   * Writes `before`, the key, `after` and the beginning of `body`, from byte `from` of that on, by one call of `write`.
   * Gives up to which byte of all it got, -1 where the connection is gone. The key is wiped there before this returns.
   */
  write(parts: SecretParts, from: number, write: (bytes: Uint8Array) => number): number;
  /** The bytes of `parts` without the body. */
  lengthOf(parts: SecretParts): number;
  /** Whether `parts` without the body can be put together. */
  fits(parts: SecretParts): boolean;
};

/** `before` and `after` are Latin-1. */
export type SecretParts = { readonly before: string; readonly after: string; readonly body?: Uint8Array | undefined };

/**
 * Puts heads with the key together in a locked place of their own and hands them to the socket from there: no other copy of
 * the key comes about in this process, but for what TLS makes of it. A head that is sent in two goes is put together twice.
 */
export function createSecretWriter(key: Secret): SecretWriter {
  const place = lockMemory(assemblyLimit);
  const text = Buffer.from(place.bytes.buffer, place.bytes.byteOffset, place.bytes.byteLength);
  const lengthOf = ({ before, after }: SecretParts): number => before.length + key.length + after.length;
  return {
    lengthOf,
    fits: (parts) => lengthOf(parts) <= assemblyLimit,
    write(parts, from, write) {
      const { before, after, body } = parts;
      text.write(before, 0, "latin1");
      place.bytes.set(key.memory.bytes.subarray(0, key.length), before.length);
      text.write(after, before.length + key.length, "latin1");
      let length = lengthOf(parts);
      if (body) {
        const piece = body.length <= assemblyLimit - length ? body : body.subarray(0, assemblyLimit - length);
        place.bytes.set(piece, length);
        length += piece.length;
      }
      const written = write(place.bytes.subarray(from, length));
      place.bytes.fill(0, before.length, before.length + key.length);
      return written < 0 ? -1 : from + written;
    },
  };
}
