import type { Client } from "../client.ts";

/** Tells a client of a reply's body piece by piece, as it comes and no faster than the client takes it. Never rejects. */
export async function streamBody(
  client: Client,
  requestId: string,
  reply: Response,
  end: AbortController,
): Promise<void> {
  let seq = 0;
  const tell = (bytes: Uint8Array, done: boolean, error: string | null): void =>
    client.notify({
      method: "http/request/bodyDelta",
      params: { requestId, seq: ++seq, deltaBase64: Buffer.from(bytes).toString("base64"), done, error },
    });
  const leave = (): void => end.abort();
  client.gone.addEventListener("abort", leave, { once: true });
  try {
    for await (const bytes of reply.body ?? []) {
      tell(bytes, false, null);
      await client.room();
    }
    tell(nothing, true, null);
  } catch {
    tell(nothing, true, end.signal.aborted ? "the request took too long" : "error decoding response body");
  } finally {
    client.gone.removeEventListener("abort", leave);
    client.streams.delete(requestId);
  }
}

const nothing = new Uint8Array();
