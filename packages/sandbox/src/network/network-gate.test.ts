import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, rmSync } from "node:fs";
import {
  innerFromSource,
  launcherFor,
  makePlace,
  routes,
  runConfined,
  commandIn,
  writing,
  type Place,
} from "../sandbox.test-support.ts";
import type { RouteName } from "../find-route.ts";
import { thisMachine, type Machine } from "../machine.ts";
import { makeLauncher } from "../make-launcher.ts";
import { spawnPiped, type Program } from "@codex/platform/process";
import { gateOf, rulesOf } from "./gate.test-support.ts";
import type { NetworkGate } from "./network-gate.ts";

let place: Place;
let server: Bun.Server<undefined>;
const seen: string[] = [];

beforeAll(() => {
  place = makePlace();
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const body = await request.text();
      seen.push(`${request.method} ${pathname} ${request.headers.get("host")} ${body.length}`);
      if (pathname === "/big") return new Response(new Uint8Array(bigSize));
      return new Response(`served ${request.method} ${body.length}`);
    },
  });
});

afterAll(async () => {
  await server.stop(true);
  rmSync(place.base, { recursive: true, force: true });
});

/** Each command has five of its own at least. */
const openDescriptors = (): number => readdirSync("/proc/self/fd").length;

const bigSize = 64 * 1024 * 1024;
const fake = { "good.test": ["127.0.0.1"], "evil.test": ["127.0.0.1"], "inside.test": ["10.0.0.1"] };
const goodOnly = () => gateOf(rulesOf({ "good.test": "allow", "127.0.0.1": "allow" }), fake);

const run = (route: RouteName, gate: NetworkGate, script: string, networkAccess = false) =>
  runConfined(launcherFor(place, route), commandIn(place, script), {
    policy: { ...writing, networkAccess },
    workspaceRoots: [place.workspace],
    gate,
  });

for (const { route, missing } of routes) {
  describe.skipIf(missing)(`${route}${missing ? " (not installed here)" : ""}`, () => {
    test("programs find the proxies and reach what is allowed: plain, by tunnel, by SOCKS", async () => {
      const { port } = server;
      const { gate, blocked } = goodOnly();
      const { output } = await run(
        route,
        gate,
        `set -e; u=good.test:${port}
         curl -sS http://$u/a; echo
         curl -sS -d 12345 http://$u/b; echo
         printf 123456 | curl -sS -H 'Transfer-Encoding: chunked' --data-binary @- http://$u/c; echo
         curl -sS -p http://$u/d; echo
         http_proxy= curl -sS http://$u/e; echo
         curl -sS http://127.0.0.1:${port}/f; echo
         curl -sS http://$u/g http://$u/h`,
      );
      expect(output.trim().split("\n")).toEqual([
        "served GET 0",
        "served POST 5",
        "served POST 6",
        "served GET 0",
        "served GET 0",
        "served GET 0",
        "served GET 0served GET 0",
      ]);
      expect(blocked).toEqual([]);
    });

    test("everything else is refused, in words and headers that programs know", async () => {
      const { port } = server;
      const { gate, blocked } = gateOf(rulesOf({ "good.test": "allow", "evil.test": "deny" }), fake);
      const { output } = await run(
        route,
        gate,
        `curl -sS -i http://evil.test:${port}/; echo
         curl -sS -i http://other.test/ | grep -E '^x-proxy|^HTTP'
         curl -sS https://other.test/ 2>&1
         curl -sS -i http://good.test:${port}/ | grep -E '^x-proxy|"reason"' | head -c 60; echo
         curl -sS -p http://10.0.0.1/ 2>&1
         curl -sS -p http://127.0.0.1:${port}/ 2>&1
         curl -sS --socks5-hostname 127.0.0.1:28129 http://other.test/ 2>&1`,
      );
      const [status, ...lines] = output.split(/\r?\n/);
      expect(status).toBe("HTTP/1.1 403 Forbidden");
      expect(lines).toContain("x-proxy-error: blocked-by-denylist");
      expect(lines.find((line) => line.startsWith("{"))).toBe(
        `{"status":"blocked","host":"evil.test","reason":"denied","decision":"deny","source":"baseline_policy","protocol":"http","port":${port},"message":"Domain denied by the sandbox policy."}`,
      );
      expect(output).toContain("HTTP/1.1 403 Forbidden\r\nx-proxy-error: blocked-by-allowlist");
      expect(output.match(/CONNECT tunnel failed, response 403/g)).toHaveLength(3);
      expect(output).toContain("SOCKS5");
      expect(blocked.map(({ request, block }) => `${request.protocol} ${request.host} ${block.reason}`)).toEqual([
        "http evil.test denied",
        "http other.test not_allowed",
        "https other.test not_allowed",
        "http good.test not_allowed_local",
        "https 10.0.0.1 not_allowed_local",
        "https 127.0.0.1 not_allowed_local",
        "socks5Tcp other.test not_allowed",
      ]);
    });

    test("there is no way around the proxies, also where the policy gives network access", async () => {
      const { port } = server;
      const { gate } = goodOnly();
      const { output } = await run(
        route,
        gate,
        `curl --noproxy '*' -sS http://127.0.0.1:${port}/ 2>&1
         (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null && echo direct
         (exec 3<>/dev/udp/8.8.8.8/53) 2>/dev/null && echo udp
         ls /proc/self/fd | tr '\\n' ' '
         node -e 'const c = require("net").connect("/run/x.sock"); c.on("error", (e) => console.log(e.code))'`,
        true,
      );
      expect(output).toContain("Failed to connect");
      expect(output).not.toContain("direct");
      expect(output).not.toContain("udp");
      expect(output).toContain("0 1 2 3 ");
      expect(output).not.toContain("0 1 2 3 4");
      expect(output).toMatch(/EPERM|EACCES/);
    });

    test("inside, a command may serve itself", async () => {
      const { gate } = goodOnly();
      const { output } = await run(
        route,
        gate,
        `node -e 'const s = require("net").createServer((c) => c.end("own")).listen(0, "127.0.0.1", () =>
           require("net").connect(s.address().port, "127.0.0.1").on("data", (d) => { console.log(String(d)); process.exit(); }))'`,
      );
      expect(output).toBe("own\n");
    });

    test("a NUL or a private address by SOCKS is refused, and so is UDP", async () => {
      const { gate, blocked } = gateOf(rulesOf({ "**.good.test": "allow" }), fake);
      const script = `const net = require("net");
        const name = (text) => Buffer.concat([Buffer.from([5, 1, 0, 3, text.length]), Buffer.from(text, "latin1"), Buffer.from([0, 80])]);
        const asks = [name("evil.test\\0.good.test"), name("evil.test"), Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, 0, 80]),
          Buffer.from([5, 1, 0, 4, ...new Array(15).fill(0), 1, 0, 80]), Buffer.from([5, 3, 0, 1, 8, 8, 8, 8, 0, 53])];
        const one = (ask) => new Promise((done) => {
          const c = net.connect(28129, "127.0.0.1");
          let got = Buffer.alloc(0);
          c.on("data", (d) => { got = Buffer.concat([got, d]); if (got.length === 2) c.write(ask); });
          c.on("close", () => done(got[3]));
          c.write(Buffer.from([5, 1, 0]));
        });
        (async () => { for (const ask of asks) console.log(await one(ask)); })();`;
      const { output } = await run(route, gate, `cat > s.js <<'EOF'\n${script}\nEOF\nnode s.js`);
      expect(output.split("\n").slice(0, 5)).toEqual(["2", "2", "2", "2", "7"]);
      expect(blocked.map(({ request }) => request.host)).toEqual([
        "evil.test\0.good.test",
        "evil.test",
        "127.0.0.1",
        "0:0:0:0:0:0:0:1",
      ]);
    });

    test("a second request on a connection goes nowhere, and contradictory lengths are refused", async () => {
      const { port } = server;
      const { gate } = goodOnly();
      seen.length = 0;
      const send = (name: string, text: string) =>
        `(exec 3<>/dev/tcp/127.0.0.1/28128; printf '${text}' >&3; cat <&3 2>/dev/null | sed -n "1s/^/${name} /p")`;
      const head = (path: string) => `http://good.test:${port}${path} HTTP/1.1\\r\\nHost: other.test\\r\\n`;
      const { output } = await run(
        route,
        gate,
        [
          send("two", `GET ${head("/one")}\\r\\nPOST ${head("/two")}\\r\\n`),
          send(
            "both",
            `POST ${head("/both")}Content-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n`,
          ),
          send("lengths", `POST ${head("/lengths")}Content-Length: 3\\r\\nContent-Length: 4\\r\\n\\r\\nabcd`),
          send("folded", `GET ${head("/folded")}X: a\\r\\n b\\r\\n\\r\\n`),
          send("relative", `GET /relative HTTP/1.1\\r\\nHost: good.test\\r\\n\\r\\n`),
        ].join("\n"),
      );
      expect(seen).toEqual([`GET /one good.test:${port} 0`]);
      expect(output.split(/\r?\n/).filter((line) => line !== "")).toEqual([
        "two HTTP/1.1 200 OK",
        ...["both", "lengths", "folded", "relative"].map((name) => `${name} HTTP/1.1 400 Bad Request`),
      ]);
    });

    test("commands side by side have networks of their own", async () => {
      const gates = ["deny", "allow", "deny", "allow"].map((decision) =>
        gateOf(rulesOf({ "127.0.0.1": "allow", "good.test": decision === "allow" ? "allow" : "deny" }), fake),
      );
      const script = `for i in 1 2 3; do curl -sS -o /dev/null -w '%{http_code} ' http://good.test:${server.port}/; done`;
      const outcomes = await Promise.all(gates.map(({ gate }) => run(route, gate, script)));
      expect(outcomes.map(({ output }) => output)).toEqual([
        "403 403 403 ",
        "200 200 200 ",
        "403 403 403 ",
        "200 200 200 ",
      ]);
    });

    test("large transfers arrive whole", async () => {
      const { gate } = goodOnly();
      const began = performance.now();
      const { output } = await run(route, gate, `curl -sS -p http://good.test:${server.port}/big | wc -c`);
      const rate = Math.round(bigSize / 1024 / 1024 / ((performance.now() - began) / 1000));
      expect(output.trim()).toBe(String(bigSize));
      console.log(`${route}: ${rate} MiB/s through the tunnel, start of the command included`);
    });

    test("no descriptor is left over", async () => {
      const { gate } = goodOnly();
      const script = `curl -sS http://good.test:${server.port}/`;
      await run(route, gate, script);
      const before = openDescriptors();
      for (let i = 0; i < 8; i++) await run(route, gate, script);
      // Those of placeholders stay open a moment longer.
      for (let waits = 0; waits < 100 && openDescriptors() > before + 8; waits++) await Bun.sleep(10);
      expect(openDescriptors()).toBeLessThanOrEqual(before + 8);
    });

    test("of Unix sockets only pairs of streams can be made, unless the rules allow more", async () => {
      const script = `const { spawnSync } = require("child_process");
        const net = require("net");
        net.createServer().on("error", (e) => console.log(e.code)).listen(process.argv[2], () => { console.log("listens"); process.exit(); });
        console.log(spawnSync("cat", { input: "piped" }).stdout.toString());`;
      const command = `cat > u.js <<'EOF'\n${script}\nEOF\nnode u.js ./u.sock; rm -f u.sock`;
      expect((await run(route, goodOnly().gate, command)).output).toMatch(/^piped\n(EPERM|EACCES)\n$/);
      const { gate } = gateOf(rulesOf({}, { allowUnixSockets: true }));
      expect((await run(route, gate, command)).output).toBe("piped\nlistens\n");
    });

    test("ending the command closes its tunnels", async () => {
      const { gate } = goodOnly();
      const gone = Promise.withResolvers<void>();
      const opened = Promise.withResolvers<void>();
      const hanging = Bun.listen({
        hostname: "127.0.0.1",
        port: 0,
        socket: { open: () => opened.resolve(), data() {}, close: () => gone.resolve() },
      });
      const command = commandIn(place, `exec curl -sS -p http://good.test:${hanging.port}/`);
      const session = { policy: writing, workspaceRoots: [place.workspace], gate };
      const prepared = await launcherFor(place, route).prepare(command, session);
      if (!prepared.ok) throw new Error(prepared.error.message);
      const child = spawnPiped(prepared.value, () => {});
      if (!child.ok) throw new Error(child.error);
      await opened.promise;
      process.kill(child.value.pid, "SIGKILL");
      await child.value.exited;
      prepared.value.dispose();
      await gone.promise;
      hanging.stop(true);
    });
  });
}

test.each<RouteName[]>([["landlock"], ["bubblewrap", "namespaces", "landlock"]])(
  "where commands can have no network of their own (%s only), rules are not dropped: nothing runs",
  async (...allowed) => {
    const works = (program: Program) => (allowed.length > 1 ? false : !/bwrap|setpriv/.test(program.argv[0] ?? ""));
    const machine: Machine = {
      ...thisMachine,
      spawn: (program, onOutput) =>
        thisMachine.spawn(works(program) ? program : { ...program, argv: ["/bin/false"], env: {} }, onOutput),
    };
    const env = { PATH: process.env["PATH"] };
    const launcher = makeLauncher({ machine, env, codexHome: place.home, inner: innerFromSource, routes: allowed });
    const session = { policy: { type: "readOnly", networkAccess: true }, workspaceRoots: [place.workspace] } as const;
    const prepared = await launcher.prepare(commandIn(place, "true"), { ...session, gate: goodOnly().gate });
    expect(prepared.ok ? "prepared" : prepared.error.message).toContain("cannot be sandboxed on this machine");
  },
);
