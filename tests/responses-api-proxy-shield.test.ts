// What keeps the proxy's key from other programs: where it stands in memory, and who can look into the process.
import { describe, expect, test } from "bun:test";
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectRaw, key, ours, post, reply, serve, standAlone, startProxy } from "./support/proxy-process.ts";
import { scanMemory } from "./support/scan-memory.ts";

const isRoot = process.platform === "linux" && process.getuid?.() === 0;
const setpriv = Bun.which("setpriv");
/** A piece is enough: whoever has half of a key must not have got it here. */
const piece = key.slice(16, 40);

describe.skipIf(!isRoot)("in memory", () => {
  test.each([
    ["codex responses-api-proxy", ours()],
    ["codex-responses-api-proxy", [standAlone()]],
  ])("%s holds the key in one locked place only, before and after requests", async (_, command) => {
    using service = serve(({ peer }) => peer.write(reply("hi")));
    await using proxy = await startProxy({ command, upstream: service.url });
    const idle = scanMemory(proxy.pid, piece);
    expect(idle).toEqual([{ at: expect.any(Number), mapping: "", locked: true }]);
    const clients = await Promise.all(Array.from({ length: 20 }, () => connectRaw(proxy.port)));
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        clients.map((client) => {
          client.write(post("{}"));
          return client.answer();
        }),
      );
    }
    expect(service.requests.length).toBe(200);
    expect(service.requests.every((text) => text.includes(key))).toBe(true);
    expect(scanMemory(proxy.pid, piece)).toEqual(idle);
    for (const client of clients) client[Symbol.dispose]();
    expect(scanMemory(proxy.pid, piece)).toEqual(idle);
  });

  test("the search would find a copy", async () => {
    const child = Bun.spawn(["sh", "-c", `a=${key}; echo ready; read b`], { stdin: "pipe", stdout: "pipe" });
    await child.stdout.getReader().read();
    expect(scanMemory(child.pid, piece).length).toBeGreaterThan(0);
    child.kill();
  });
});

describe.skipIf(!isRoot || setpriv === null)("from the same user", () => {
  const nobody = [setpriv ?? "", "--reuid=65534", "--regid=65534", "--clear-groups"];
  const asNobody = (...words: string[]): string => {
    const { stdout, stderr } = Bun.spawnSync([...nobody, ...words], { cwd: "/", env: { PATH: process.env["PATH"] } });
    return stdout.toString("latin1") + stderr.toString("latin1");
  };
  const attach = join(import.meta.dir, "attach-to.test-support.ts");
  const look = (pid: number): Record<string, boolean> => ({
    environ: asNobody("cat", `/proc/${pid}/environ`).includes("SEEN_BY_OTHERS"),
    memory: !asNobody("sh", "-c", `: < /proc/${pid}/mem`).includes("denied"),
    maps: !asNobody("cat", `/proc/${pid}/maps`).includes("denied"),
    attached: asNobody(process.execPath, attach, String(pid)).includes("attached"),
  });

  test("nobody can read memory or environment, nor attach, while other processes of that user lie open", async () => {
    const env = { SEEN_BY_OTHERS: "1", HOME: "/nonexistent" };
    const open = Bun.spawn([...nobody, "sleep", "60"], { env: { ...env, PATH: process.env["PATH"] } });
    while (!readFileSync(`/proc/${open.pid}/cmdline`, "latin1").startsWith("sleep")) await Bun.sleep(1);
    const all = { environ: true, memory: true, maps: true, attached: true };
    expect(look(open.pid)).toEqual(all);
    open.kill();

    const folder = mkdtempSync(join(tmpdir(), "proxy-of-nobody-"));
    chmodSync(folder, 0o755);
    try {
      for (const program of [ours(), [standAlone()]]) {
        const [path = "", ...words] = program;
        const copy = join(folder, "program");
        cpSync(path, copy);
        await using proxy = await startProxy({ as: nobody, command: [copy, ...words], env });
        expect(Object.values(look(proxy.pid))).toEqual([false, false, false, false]);
        const limits = readFileSync(`/proc/${proxy.pid}/limits`, "utf8");
        expect(limits).toMatch(/^Max core file size +0 +0 /m);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test.skipIf(process.platform !== "linux")(
  "what the environment would load is gone before the key is read",
  async () => {
    const library = someLibrary();
    const hostile = {
      LD_PRELOAD: library,
      LD_LIBRARY_PATH: "/tmp",
      DYLD_INSERT_LIBRARIES: "/x",
      BUN_INSPECT: "ws://127.0.0.1:0/x",
      KEPT: "1",
    };
    for (const command of [ours(), [standAlone()]]) {
      await using proxy = await startProxy({ command, env: hostile });
      const environment = readFileSync(`/proc/${proxy.pid}/environ`, "latin1").split("\0");
      expect(environment).toContain("KEPT=1");
      expect(environment.filter((entry) => /^(LD_|DYLD_|BUN_INSPECT)/.test(entry))).toEqual([]);
      expect(readFileSync(`/proc/${proxy.pid}/maps`, "latin1")).not.toContain(library);
      expect(readdirSync(`/proc/${proxy.pid}/fd`).length).toBeLessThan(30);
    }
  },
);

/** A library of the system that no program of ours loads by itself. */
function someLibrary(): string {
  const folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
  for (const folder of folders.filter((path) => existsSync(path))) {
    const name = readdirSync(folder).find((entry) => /^libresolv\.so\.\d+$|^libz\.so\.\d+$/.test(entry));
    if (name !== undefined) return join(folder, name);
  }
  throw new Error("no library is at hand");
}
