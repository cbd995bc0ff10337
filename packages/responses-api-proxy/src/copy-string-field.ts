const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, colon] = [34, 92, 123, 125, 91, 93, 58];

/**
 * Copies the string that is a JSON object's field `name` into `to`, without it ever being a string of this program. Gives its
 * length; 0 where the object has no such field, where it has escapes (no token has), or where it does not fit.
 */
export function copyStringField(json: Uint8Array, name: string, to: Uint8Array): number {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const wanted = Buffer.from(name);
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if (byte === openBrace || byte === openBracket) depth++;
    else if (byte === closeBrace || byte === closeBracket) depth--;
    if (byte !== quote) continue;
    const end = endOfString(text, at);
    if (end === -1) return 0;
    const isName = depth === 1 && wanted.equals(text.subarray(at + 1, end));
    const after = skipBlanks(text, end + 1);
    if (isName && text[after] === colon) return copyString(text, skipBlanks(text, after + 1), to);
    at = end;
  }
  return 0;
}

function copyString(text: Buffer, start: number, to: Uint8Array): number {
  if (text[start] !== quote) return 0;
  const end = endOfString(text, start);
  const value = text.subarray(start + 1, end);
  if (end === -1 || value.length > to.length || value.includes(backslash)) return 0;
  to.set(value);
  return value.length;
}

/** The place of the quote that ends the string which begins at `start`. */
function endOfString(text: Buffer, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === backslash) at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

function skipBlanks(text: Buffer, from: number): number {
  let at = from;
  while (text[at] === 32 || text[at] === 9 || text[at] === 10 || text[at] === 13) at++;
  return at;
}
