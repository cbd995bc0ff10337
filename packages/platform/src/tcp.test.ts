import { expect, test } from "bun:test";
import { err } from "@codex/protocol/result";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenOnLoopback } from "./listening-sockets.ts";
import { acceptOn, connectByTls, connectTo, type Connection } from "./tcp.ts";

/** One that nobody listens on; each test has its own, since a port stays taken for a while after its connections. */
function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  listener.stop(true);
  return listener.port;
}

async function allOf(connection: Connection): Promise<string> {
  const chunks: Uint8Array[] = [];
  for (let bytes = await connection.read(); bytes; bytes = await connection.read()) chunks.push(bytes);
  return Buffer.concat(chunks).toString();
}

/** Serves one connection, and gives what `serve` made of it. */
async function serving<T>(
  serve: (connection: Connection) => Promise<T>,
  use: (port: number) => Promise<void>,
): Promise<T> {
  const port = freePort();
  const served = Promise.withResolvers<T>();
  const server = acceptOn(listenOnLoopback(port), (connection) => void serve(connection).then(served.resolve));
  try {
    await use(port);
    return await served.promise;
  } finally {
    server.close();
  }
}

test("each direction ends by itself", async () => {
  const heard = await serving(
    async (connection) => {
      await connection.write(Buffer.from("first"));
      connection.end();
      return allOf(connection);
    },
    (port) =>
      new Promise((done) => {
        const client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
        client.resume();
        client.on("end", () => client.end("said after the end"));
        client.on("close", () => done());
      }),
  );
  expect(heard).toBe("said after the end");
});

test("what is not read holds the writer up, and arrives whole", async () => {
  // More than a kernel keeps for a connection, however much it lends it.
  const size = 48 * 1024 * 1024;
  const block = new Uint8Array(64 * 1024).fill(120);
  let written = 0;
  const before = await serving(
    async (connection) => {
      while (written < size) {
        await connection.write(block);
        written += block.length;
      }
      connection.end();
    },
    async (port) => {
      const client = await connectTo("127.0.0.1", port, 1000);
      if (!client.ok) throw new Error(client.error);
      await client.value.read();
      await Bun.sleep(200);
      expect(written).toBeLessThan(size);
      expect((await allOf(client.value)).length).toBeGreaterThanOrEqual(size - block.length * 8);
      client.value.destroy();
    },
  );
  expect(before).toBeUndefined();
  expect(written).toBe(size);
});

test("a connection that is gone ends reading and writing; a refused one says why", async () => {
  const gone = await serving(
    async (connection) => {
      await connection.gone;
      return [await connection.read(), await connection.write(Buffer.from("x"))];
    },
    async (port) => {
      const client = await connectTo("127.0.0.1", port, 1000);
      if (client.ok) client.value.destroy();
    },
  );
  expect(gone).toEqual([undefined, false]);
  expect(await connectTo("127.0.0.1", freePort(), 1000)).toEqual({ ok: false, error: "ECONNREFUSED" });
});

test("over TLS nobody is trusted whose certificate nobody vouches for, nor who speaks no TLS", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const openssl = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const made = Bun.spawnSync([...openssl, "-keyout", key, "-out", cert, "-subj", "/CN=localhost", "-days", "2"]);
  const socket = { open: (peer: Bun.Socket) => void peer.write("hello"), data() {} };
  const plain = Bun.listen({ hostname: "127.0.0.1", port: 0, socket });
  expect((await connectByTls("127.0.0.1", plain.port, 5000)).ok).toBe(false);
  plain.stop(true);
  if (made.success) {
    const tls = { key: Bun.file(key), cert: Bun.file(cert) };
    const unknown = Bun.listen({ hostname: "127.0.0.1", port: 0, socket, tls });
    const refused = await connectByTls("localhost", unknown.port, 5000);
    unknown.stop(true);
    expect(refused).toEqual(err(expect.stringContaining("its certificate is not trusted")));
  }
  await rm(folder, { recursive: true });
});
