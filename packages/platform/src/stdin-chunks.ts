/** Standard input as it comes. Nothing more is read than what is taken, so a sender that is too fast has to wait. */
export async function* stdinChunks(stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = Bun.stdin.stream().getReader();
  const stopped = new Promise<undefined>((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  for (;;) {
    const next = await Promise.race([reader.read(), stopped]);
    if (next === undefined || next.done) return;
    yield next.value;
  }
}
