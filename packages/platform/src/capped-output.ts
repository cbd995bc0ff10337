/** Output of one stream, up to a number of bytes. */
export type CappedOutput = {
  /** What of `bytes` is still within the cap, and whether that is now full: true at most once. */
  take(bytes: Uint8Array): { readonly kept: Uint8Array; readonly reached: boolean };
  /** Whatever else comes is cut off. */
  readonly capReached: boolean;
  /** All that was kept, where it is to be kept; bytes that are no UTF-8 are replaced. */
  text(): string;
};

/** `cap` in bytes; null for no cap. `keeps` is false where what is taken is passed on at once. */
export function cappedOutput(cap: number | null, keeps: boolean): CappedOutput {
  const chunks: Uint8Array[] = [];
  let room = cap ?? Number.POSITIVE_INFINITY;
  let capReached = false;
  return {
    take(bytes) {
      const kept = bytes.byteLength <= room ? bytes : bytes.subarray(0, room);
      room -= kept.byteLength;
      const reached = !capReached && room === 0;
      capReached ||= reached;
      if (keeps && kept.byteLength > 0) chunks.push(kept);
      return { kept, reached };
    },
    get capReached() {
      return capReached;
    },
    text: () => new TextDecoder().decode(Buffer.concat(chunks)),
  };
}
