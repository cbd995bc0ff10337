import { mkdtempSync, rmSync } from "node:fs";
import { anonymousMemory } from "./anonymous-memory.ts";
import { median } from "./median.ts";
import type { Program } from "./programs.ts";
import { startService } from "./start-service.ts";
import type { Line } from "./table.ts";

const crowds = [1, 50, 200] as const;
const requestsOf = { 1: 1000, 50: 5000, 200: 5000 } as const;
/** A request that has no answer by then has none. */
const patienceMs = 60_000;

type Way = "direct" | Program["name"];
type Crowd = (typeof crowds)[number];

/**
 * 1,000 requests of 2 KB with answers of 200 bytes through the proxy for the Responses API, so many at once: rounds of both
 * programs and of none alternate. A request without an answer fails the whole.
 */
export async function proxyLines(programs: readonly Program[], rounds: number): Promise<Line[]> {
  const home = mkdtempSync("/var/tmp/codex-bench-proxy-");
  using service = await startService();
  const started = await Promise.all(
    programs.map(async (program) => [program.name, await startProxy(program, service.port, home)] as const),
  );
  try {
    const proxies = new Map<Way, Proxy>(started);
    const ports = new Map<Way, number>([
      ["direct", service.port],
      ...started.map(([name, { port }]) => [name, port] as const),
    ]);
    const idle = await memories(proxies);
    const measured: Line[] = [memoryLine("the proxy at rest, anonymous memory", idle)];
    for (const crowd of crowds) {
      const times = await timesOf(ports, crowd, rounds);
      const direct = times.get("direct") ?? Number.NaN;
      const through = (name: Program["name"]): number | undefined => times.get(name);
      const added = (name: Program["name"]): number | undefined => {
        const time = times.get(name);
        return time === undefined ? undefined : time - direct;
      };
      measured.push({
        name: `1,000 requests without a proxy, ${crowd} at once`,
        unit: "ms",
        ours: direct,
        original: undefined,
      });
      measured.push(
        crowd === 1
          ? {
              name: "1,000 requests, one at a time, added by the proxy",
              unit: "ms",
              ours: added("ours"),
              original: added("original"),
              wanted: 1,
            }
          : {
              name: `1,000 requests through the proxy, ${crowd} at once`,
              unit: "ms",
              ours: through("ours"),
              original: through("original"),
              wanted: 0.5,
            },
      );
      measured.push(memoryLine(`the proxy after ${crowd} at once, anonymous memory`, await memories(proxies)));
    }
    return measured;
  } finally {
    for (const [, { stop }] of started) stop();
    rmSync(home, { recursive: true, force: true });
  }
}

function memoryLine(name: string, of: ReadonlyMap<Way, number>): Line {
  return { name, unit: "MB", ours: of.get("ours"), original: of.get("original"), wanted: 1 };
}

const memories = async (proxies: ReadonlyMap<Way, Proxy>): Promise<Map<Way, number>> =>
  new Map(await Promise.all([...proxies].map(async ([name, { pid }]) => [name, await anonymousMemory(pid)] as const)));

type Proxy = { readonly port: number; readonly pid: number; stop(): void };

async function startProxy({ path }: Program, servicePort: number, home: string): Promise<Proxy> {
  const upstream = `http://127.0.0.1:${servicePort}/v1/responses`;
  const child = Bun.spawn([path, "responses-api-proxy", "--upstream-url", upstream], {
    cwd: "/",
    env: { PATH: process.env["PATH"], HOME: home, CODEX_HOME: home },
    stdio: [new TextEncoder().encode("sk-bench"), "ignore", "pipe"],
  });
  const listening = Promise.withResolvers<number>();
  void (async () => {
    let said = "";
    // To the end, since a proxy that nobody listens to any more may end by it.
    for await (const bytes of child.stderr) {
      said += new TextDecoder().decode(bytes);
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) listening.resolve(Number(port));
    }
    listening.reject(new Error(`${path} responses-api-proxy ended: ${said}`));
  })();
  return { port: await listening.promise, pid: child.pid, stop: () => child.kill() };
}

/** Milliseconds for 1,000 requests. */
async function timesOf(ports: ReadonlyMap<Way, number>, crowd: Crowd, rounds: number): Promise<Map<Way, number>> {
  const count = requestsOf[crowd];
  const times = new Map<Way, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [way, port] of ports) {
      const took = ((await timeOf(port, crowd, count)) / count) * 1000;
      // The first round warms up.
      if (round > 0) times.set(way, [...(times.get(way) ?? []), took]);
    }
  }
  return new Map([...times].map(([way, list]) => [way, median(list)]));
}

const body = "a".repeat(2048);
const request = Buffer.from(
  `POST /v1/responses HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);

async function timeOf(port: number, crowd: number, count: number): Promise<number> {
  const all = Promise.withResolvers<void>();
  const late = setTimeout(
    () => all.reject(new Error(`Requests were left without an answer, ${crowd} at once.`)),
    patienceMs,
  );
  let toSend = count;
  let missing = count;
  const next = (socket: Bun.Socket<{ got: number; whole: number }>): void => {
    if (toSend === 0) return void socket.end();
    toSend -= 1;
    socket.write(request);
  };
  const sockets = await Promise.all(
    Array.from({ length: crowd }, () =>
      Bun.connect<{ got: number; whole: number }>({
        hostname: "127.0.0.1",
        port,
        data: { got: 0, whole: 0 },
        socket: {
          data(socket, bytes) {
            const { data } = socket;
            // Every answer ends with the same 200 bytes behind the head; the head comes whole with the first of them.
            if (data.whole === 0) data.whole = bytes.indexOf("\r\n\r\n") + 204;
            data.got += bytes.length;
            if (data.got < data.whole) return;
            data.got = 0;
            data.whole = 0;
            missing -= 1;
            if (missing === 0) all.resolve();
            next(socket);
          },
          error: (_, error) => all.reject(error),
        },
      }),
    ),
  );
  const began = performance.now();
  for (const socket of sockets) next(socket);
  await all.promise;
  clearTimeout(late);
  return performance.now() - began;
}
