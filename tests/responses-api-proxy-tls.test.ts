// The proxy before a service over TLS: it shows the key only to the host that was named.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "./support/certificates.ts";
import { connectRaw, post, startProxy } from "./support/proxy-process.ts";

const folder = mkdtempSync(join(tmpdir(), "proxy-tls-"));
const authorityFile = join(folder, "ca.pem");
const { authority, certificate, key: certificateKey } = makeCertificates(["named.test", "127.0.0.1"]);
const authorizations: (string | null)[] = [];
let service: Bun.Server<undefined>;
let tunnels: Bun.TCPSocketListener<Tunnel>;

type Tunnel = { to: Promise<Bun.Socket> | undefined };

beforeAll(async () => {
  await Bun.write(authorityFile, authority);
  service = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: { cert: certificate, key: certificateKey },
    fetch(request) {
      authorizations.push(request.headers.get("authorization"));
      return new Response("hi");
    },
  });
  tunnels = Bun.listen<Tunnel>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        socket.data = { to: undefined };
      },
      async data(client, bytes) {
        if (client.data.to !== undefined) return void (await client.data.to).write(bytes);
        if (bytes.includes("CONNECT refused.test:")) return void client.write("HTTP/1.1 407 No\r\n\r\n");
        client.data.to = Bun.connect({
          hostname: "127.0.0.1",
          port: service.port ?? 0,
          socket: { data: (_, answer) => void client.write(answer) },
        });
        await client.data.to;
        client.write("HTTP/1.1 200 OK\r\n\r\n");
      },
      close: async (client) => void (await client.data.to)?.end(),
    },
  });
});
afterAll(() => {
  tunnels.stop(true);
  rmSync(folder, { recursive: true });
  return service.stop(true);
});

const answerOf = async (upstream: string, env: Record<string, string> = {}): Promise<string> => {
  await using proxy = await startProxy({ upstream, env: { CODEX_CA_CERTIFICATE: authorityFile, ...env } });
  using client = await connectRaw(proxy.port);
  client.write(post("{}"));
  return await client.answer();
};
const throughTunnel = () => ({ HTTPS_PROXY: `http://127.0.0.1:${tunnels.port}` });

test("a service with a certificate for its name is asked, directly and through a proxy", async () => {
  expect(await answerOf(`https://127.0.0.1:${service.port}/`)).toEndWith("hi");
  expect(await answerOf("https://named.test/", throughTunnel())).toEndWith("hi");
  expect(authorizations.splice(0).length).toBe(2);
});

test("one with a certificate for another name, or from nobody who is trusted, gets no key, directly and through a proxy", async () => {
  const answers = [
    await answerOf(`https://localhost:${service.port}/`),
    await answerOf("https://other.test/", throughTunnel()),
    await answerOf(`https://127.0.0.1:${service.port}/`, { CODEX_CA_CERTIFICATE: "" }),
    await answerOf("https://named.test/", { ...throughTunnel(), CODEX_CA_CERTIFICATE: "" }),
  ];
  for (const answer of answers) {
    expect(answer).toContain("502 Bad Gateway");
    expect(answer).toContain('"code":"upstream_tls"');
  }
  expect(authorizations).toEqual([]);
});

test("a proxy that refuses is told of", async () => {
  expect(await answerOf("https://refused.test/", throughTunnel())).toContain("the proxy 127.0.0.1 answers 407");
});
