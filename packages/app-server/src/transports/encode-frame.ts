const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** One whole WebSocket frame (RFC 6455). `mask` is for what a client sends: it is random each time, and may not be left out. */
export function encodeFrame(
  type: keyof typeof opcodes,
  payload: string | Uint8Array,
  mask?: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const length = typeof payload === "string" ? Buffer.byteLength(payload) : payload.byteLength;
  const wide = length > 0xffff ? 8 : length > 125 ? 2 : 0;
  const start = 2 + wide + (mask ? 4 : 0);
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = 0x80 | opcodes[type];
  frame[1] = (mask ? 0x80 : 0) | (wide === 8 ? 127 : wide === 2 ? 126 : length);
  if (wide === 2) frame.writeUInt16BE(length, 2);
  if (wide === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  if (typeof payload === "string") frame.write(payload, start);
  else frame.set(payload, start);
  if (mask) {
    frame.set(mask, start - 4);
    for (let at = 0; at < length; at++) frame[start + at] = (frame[start + at] ?? 0) ^ (mask[at & 3] ?? 0);
  }
  return frame;
}

/** What a close frame carries: a code of RFC 6455 and a reason of at most 123 bytes. */
export function closePayload(code: number, reason: string): Uint8Array {
  const text = Buffer.from(reason).subarray(0, 123);
  const payload = Buffer.allocUnsafe(2 + text.byteLength);
  payload.writeUInt16BE(code, 0);
  payload.set(text, 2);
  return payload;
}
