import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { err } from "@codex/protocol/result";
import { authorityFile, post } from "./http.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function serve(fetch: (request: Request) => Response | Promise<Response>, tls?: { key: string; cert: string }) {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch, ...(tls && { tls }) });
  closers.push(() => server.stop(true));
  return `http${tls ? "s" : ""}://127.0.0.1:${server.port}/x`;
}

const send = (url: string, options: { signal?: AbortSignal; authorityFile?: string } = {}) =>
  post({ url, headers: { authorization: "Bearer k" }, body: "hé", signal: new AbortController().signal, ...options });

/** A listener on the bare socket that drops whoever says something, and counts them. */
function serveDroppers() {
  let connections = 0;
  const socket = { open: () => void connections++, data: (peer: { terminate(): void }) => peer.terminate() };
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket });
  closers.push(() => listener.stop(true));
  return { url: `http://127.0.0.1:${listener.port}/x`, connections: () => connections };
}

describe("post", () => {
  test("gives status, headers and body", async () => {
    const url = serve(async (request) => new Response(`got ${await request.text()}`, { status: 201 }));
    const reply = await send(url);
    expect(reply.ok && reply.value.status).toBe(201);
    expect(reply.ok && (await new Response(reply.value.body).text())).toBe("got hé");
  });

  test("does not follow a redirect, so that the key stays with its server", async () => {
    let visits = 0;
    const elsewhere = serve(() => new Response(String(++visits)));
    const reply = await send(serve(() => Response.redirect(elsewhere, 307)));
    expect(reply.ok && reply.value.status).toBe(307);
    expect(visits).toBe(0);
  });

  test("tells a server that is not there from one that hangs up, and asks only once", async () => {
    const gone = serve(() => new Response());
    await closers.pop()?.();
    expect(await send(gone)).toEqual(err({ kind: "refused", cause: "connection refused" }));
    expect(await send("http://no-such-host.invalid/")).toEqual(err({ kind: "refused", cause: "no such host" }));
    const { url, connections } = serveDroppers();
    expect(await send(url)).toEqual(err({ kind: "reset", cause: "connection closed by the other side" }));
    expect(connections()).toBe(1);
  });

  test("rejects when it is aborted", async () => {
    const url = serve(() => new Promise<Response>(() => {}));
    expect(send(url, { signal: AbortSignal.timeout(20) })).rejects.toThrow("timed out");
  });

  test("goes through the proxy that the environment names at that time", async () => {
    const proxy = serve((request) => new Response(`via proxy to ${request.url}`));
    process.env["HTTP_PROXY"] = proxy;
    closers.push(() => delete process.env["HTTP_PROXY"]);
    const reply = await send("http://far-away.invalid/y");
    expect(reply.ok && (await new Response(reply.value.body).text())).toBe("via proxy to http://far-away.invalid/y");
  });

  test.skipIf(!Bun.which("openssl"))("trusts the authorities of the named file, and nobody else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "http-"));
    closers.push(() => rmSync(folder, { recursive: true }));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const args = [
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-subj",
      "/CN=127.0.0.1",
    ];
    Bun.spawnSync(["openssl", "req", ...args, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert]);
    const url = serve(() => new Response("ok"), { key: await Bun.file(key).text(), cert: await Bun.file(cert).text() });

    const refused = await send(url);
    expect(!refused.ok && refused.error.kind).toBe("tls");
    const reply = await send(url, { authorityFile: cert });
    expect(reply.ok && (await new Response(reply.value.body).text())).toBe("ok");

    const missing = await send(url, { authorityFile: join(folder, "none.pem") });
    expect(!missing.ok && missing.error.cause).toStartWith(`cannot read the certificate file ${folder}/none.pem: `);
    writeFileSync(cert, "no certificate");
    const damaged = await send(url, { authorityFile: cert });
    expect(damaged).toEqual(err({ kind: "tls", cause: `${cert} holds no certificate in PEM form` }));
  });
});

test("authorityFile prefers Codex's own variable", () => {
  expect(authorityFile({ CODEX_CA_CERTIFICATE: "/a", SSL_CERT_FILE: "/b" })).toBe("/a");
  expect(authorityFile({ CODEX_CA_CERTIFICATE: "", SSL_CERT_FILE: "/b" })).toBe("/b");
  expect(authorityFile({})).toBeUndefined();
});
