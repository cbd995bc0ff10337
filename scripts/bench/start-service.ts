/**
 * A service that answers each POST with the same 200 bytes, as a process of its own: with next to nothing to do, so that
 * what is measured in front of it is not its own pace.
 */

export type ServiceProcess = Disposable & { readonly port: number };

export async function startService(): Promise<ServiceProcess> {
  const child = Bun.spawn([process.execPath, import.meta.path], { stdin: "pipe", stdout: "pipe", stderr: "inherit" });
  const { value } = await child.stdout.getReader().read();
  const port = Number(new TextDecoder().decode(value));
  if (!port) throw new Error("The service did not start.");
  return { port, [Symbol.dispose]: () => child.kill() };
}

const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 200\r\n\r\n${"x".repeat(200)}`,
);

function serve(): number {
  return Bun.listen<{ waits: number }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        socket.data = { waits: 0 };
      },
      data(socket, bytes) {
        // A request comes in one piece, or in two: its head and its body.
        if (socket.data.waits === 0) socket.data.waits = lengthOf(bytes);
        socket.data.waits -= bytes.length;
        if (socket.data.waits <= 0) {
          socket.data.waits = 0;
          socket.write(answer);
        }
      },
    },
  }).port;
}

/** Of the head and the body that it announces. */
function lengthOf(bytes: Buffer): number {
  const end = bytes.indexOf("\r\n\r\n") + 4;
  const at = bytes.indexOf("content-length: ");
  return end + (at === -1 ? 0 : Number.parseInt(bytes.toString("latin1", at + 16, at + 24)));
}

if (import.meta.main) {
  console.log(serve());
  // Standard input ends with the benchmark, however that ends.
  for await (const _ of Bun.stdin.stream()) continue;
  process.exit(0);
}
