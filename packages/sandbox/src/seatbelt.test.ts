import { expect, test } from "bun:test";
import { thisMachine } from "./machine.ts";
import { makeLauncher } from "./make-launcher.ts";
import type { ConfinedPlan } from "./plan.ts";
import { seatbeltCommand, seatbeltProfile } from "./seatbelt.ts";

const plan: ConfinedPlan = {
  type: "confined",
  network: false,
  mounts: [
    { path: "/private/tmp", access: "write" },
    { path: '/w"s', access: "write" },
    { path: '/w"s/.git', access: "read" },
    { path: '/w"s/keys', access: "denied" },
  ],
  placeholders: ['/w"s/.codex'],
  links: [{ path: '/w"s/.agents', target: "/else" }],
};

const rules = (text: string): string[] => text.split("\n").filter((line) => line.includes("param"));

test("a plan's places become rules in their order, and paths are never part of the text", () => {
  const { text, parameters } = seatbeltProfile(plan);
  expect(rules(text)).toEqual([
    '(allow file-read* file-write* (literal (param "PATH_0")) (subpath (param "PATH_0")))',
    '(allow file-read* file-write* (literal (param "PATH_1")) (subpath (param "PATH_1")))',
    '(allow file-read* (literal (param "PATH_2")) (subpath (param "PATH_2")))',
    '(deny file-write* (literal (param "PATH_2")) (subpath (param "PATH_2")))',
    '(deny file-read* file-write* network-outbound (literal (param "PATH_3")) (subpath (param "PATH_3")))',
    '(deny file-write* (literal (param "PATH_4")) (subpath (param "PATH_4")) (regex #"^/w.s/\\.[cC][oO][dD][eE][xX](/|$)"))',
    '(deny file-write* (literal (param "PATH_5")))',
  ]);
  expect(Object.values(parameters)).toEqual([
    ...plan.mounts.map(({ path }) => path),
    ...plan.placeholders,
    ...plan.links.map(({ path }) => path),
  ]);
});

test("everything is denied first; the network only where the plan has it; brackets are balanced", () => {
  const { text } = seatbeltProfile(plan);
  expect(text).toStartWith("(version 1)\n(deny default)\n");
  expect(text).not.toContain("network-inbound");
  expect(seatbeltProfile({ ...plan, network: true }).text).toContain(
    "(allow network-outbound)\n(allow network-inbound)\n",
  );
  const outside = text.replace(/#?"[^"]*"/g, "");
  expect(outside.split("(").length).toBe(outside.split(")").length);
});

test("the command runs by the system's own program, and knows where it is", () => {
  const command = { argv: ["/bin/echo", "a b"], cwd: "/ws", env: { A: "1" }, tty: false };
  const { argv, env, cwd } = seatbeltCommand(command, plan);
  expect(argv.slice(0, 2)).toEqual(["/usr/bin/sandbox-exec", "-p"]);
  expect(argv.slice(3, 5)).toEqual(["-DPATH_0=/private/tmp", '-DPATH_1=/w"s']);
  expect(argv.slice(-3)).toEqual(["--", "/bin/echo", "a b"]);
  expect({ env, cwd }).toEqual({ env: { A: "1", CODEX_SANDBOX: "seatbelt" }, cwd: "/ws" });
});

test("on other systems nothing runs as if it were confined", async () => {
  const prepare = (platform: NodeJS.Platform, more: object = {}) =>
    makeLauncher({ machine: { ...thisMachine, platform }, env: {}, codexHome: "/nowhere", inner: [], ...more }).prepare(
      { argv: ["sh"], cwd: "/", env: { PATH: "/bin" }, tty: false },
      { policy: { type: "readOnly", networkAccess: false }, workspaceRoots: [] },
    );
  expect(await prepare("win32")).toEqual({
    ok: false,
    error: { code: "internal", message: expect.stringContaining("Approve them one by one, work in WSL2") },
  });
  expect(await prepare("darwin", { settings: { limits: { processes: 1 } } })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining("on Linux only") },
  });
});
