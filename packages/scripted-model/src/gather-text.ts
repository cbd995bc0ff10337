/** The text of a stream as it grows. */
export type GatheredText = {
  /** What has come so far. */
  text(): string;
  /** Resolves when more has come: true, or false at the end of the stream. */
  more(): Promise<boolean>;
  ended: Promise<void>;
};

export function gatherText(stream: ReadableStream<Uint8Array>): GatheredText {
  let text = "";
  let over = false;
  let next = Promise.withResolvers<boolean>();
  const tell = (more: boolean) => {
    const { resolve } = next;
    next = Promise.withResolvers<boolean>();
    resolve(more);
  };
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const part of stream) {
      text += decoder.decode(part, { stream: true });
      tell(true);
    }
    over = true;
    tell(false);
  };
  return { text: () => text, more: () => (over ? Promise.resolve(false) : next.promise), ended: read() };
}
