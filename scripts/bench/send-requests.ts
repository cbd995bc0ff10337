const body = "a".repeat(2048);
const request = Buffer.from(
  `POST /v1/responses HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);
/** What `start-service.ts` says behind the head. */
const answerLength = 200;

/** A request that has no answer by then has none. */
const patienceMs = 60_000;

/** One connection: what has come of the answer, its whole length once that is known, and when the request went. */
type Waiting = { got: number; whole: number; since: number };

/** All milliseconds from the first request to the last answer, and those of each request. */
export type Sent = { readonly total: number; readonly each: readonly number[] };

/** Sends so many requests of 2 KB, `crowd` at once, each on the connection of the one before; rejects where one has no answer. */
export async function sendRequests(port: number, crowd: number, count: number): Promise<Sent> {
  const all = Promise.withResolvers<void>();
  const each: number[] = [];
  let toSend = count;
  const next = (socket: Bun.Socket<Waiting>): void => {
    if (toSend === 0) return void socket.end();
    toSend -= 1;
    socket.data = { got: 0, whole: 0, since: performance.now() };
    socket.write(request);
  };
  const late = setTimeout(
    () =>
      all.reject(
        new Error(`${count - each.length} of ${count} requests were left without an answer, ${crowd} at once.`),
      ),
    patienceMs,
  );
  const handlers: Bun.SocketHandler<Waiting> = {
    data(socket, bytes) {
      const { data } = socket;
      // The head comes whole, with or without something of the rest.
      if (data.whole === 0) data.whole = bytes.indexOf("\r\n\r\n") + 4 + answerLength;
      data.got += bytes.length;
      if (data.got < data.whole) return;
      each.push(performance.now() - data.since);
      if (each.length === count) all.resolve();
      next(socket);
    },
    error: (_, error) => all.reject(error),
  };
  const data = { got: 0, whole: 0, since: 0 };
  const address = { hostname: "127.0.0.1", port, data, socket: handlers };
  const sockets = await Promise.all(Array.from({ length: crowd }, () => Bun.connect<Waiting>(address)));
  const began = performance.now();
  for (const socket of sockets) next(socket);
  await all.promise;
  clearTimeout(late);
  return { total: performance.now() - began, each };
}
