import { mkdtempSync, rmSync } from "node:fs";
import { anonymousMemory } from "./anonymous-memory.ts";
import { median } from "./median.ts";
import type { Program } from "./programs.ts";
import { sendRequests } from "./send-requests.ts";
import { startService } from "./start-service.ts";
import type { Line } from "./table.ts";

const crowds = [1, 50, 200] as const;
const requestsOf = { 1: 1000, 50: 5000, 200: 5000 } as const;
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
      const both = (name: string, of: typeof through, wanted: number): Line => ({
        name,
        unit: "ms",
        ours: of("ours"),
        original: of("original"),
        wanted,
      });
      const plain = `1,000 requests without a proxy, ${crowd} at once`;
      measured.push({ name: plain, unit: "ms", ours: direct, original: undefined });
      if (crowd === 1) measured.push(both("1,000 requests, one at a time, added by the proxy", added, 1));
      else measured.push(both(`1,000 requests through the proxy, ${crowd} at once`, through, 0.5));
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

/** Milliseconds for 1,000 requests; one at a time, 1,000 times that of the median one. */
async function timesOf(ports: ReadonlyMap<Way, number>, crowd: Crowd, rounds: number): Promise<Map<Way, number>> {
  const count = requestsOf[crowd];
  const times = new Map<Way, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const [way, port] of ports) {
      const { total, each } = await sendRequests(port, crowd, count);
      const took = (crowd === 1 ? median(each) : total / count) * 1000;
      // The first round warms up.
      if (round > 0) times.set(way, [...(times.get(way) ?? []), took]);
    }
  }
  return new Map([...times].map(([way, list]) => [way, median(list)]));
}
