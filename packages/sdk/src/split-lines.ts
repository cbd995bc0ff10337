/**
 * The lines of a byte stream, each as soon as its line feed is there; at the end, what is left without one. Asks for the
 * next chunk only when the lines of the last one are taken, and looks at each byte once however long a line is.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let unfinished: string[] = [];
  for await (const chunk of chunks) {
    const lines = decoder.decode(chunk, { stream: true }).split("\n");
    const rest = lines.pop() ?? "";
    for (const line of lines) {
      yield unfinished.join("") + line;
      unfinished = [];
    }
    unfinished.push(rest);
  }
  const last = unfinished.join("") + decoder.decode();
  if (last !== "") yield last;
}
