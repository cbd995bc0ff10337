import type { Secret } from "./secret-header.ts";

/** Overwrites the key wherever it stands in `bytes`: a service may repeat it when it refuses it. */
export function hideKey(bytes: Uint8Array, { memory, length }: Secret): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const key = memory.bytes.subarray(0, length);
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + length)) text.fill("*", at, at + length);
}
