import { expect, test } from "bun:test";
import { commandEnvironment, type EnvironmentPolicy } from "./environment.ts";

const parent = {
  PATH: "/bin",
  HOME: "/h",
  GH_TOKEN: "t",
  My_Api_Key: "k",
  DB_PASSWORD: "p",
  FOO: "1",
  BUN_OPTIONS: "x",
};

const facts = {
  threadId: "thread",
  callId: "call",
  confined: true,
  networkAccess: false,
  version: "1.2.3",
  codexHome: "/h/.codex",
  toolFolder: undefined,
};

/** The variables that came through, without those that Codex always sets. */
function passed(policy: EnvironmentPolicy | undefined, more: Partial<Parameters<typeof commandEnvironment>[2]> = {}) {
  const fixed = Object.keys(commandEnvironment({}, undefined, facts));
  const all = commandEnvironment(parent, policy, { ...facts, ...more });
  return Object.fromEntries(Object.entries(all).filter(([name]) => !fixed.includes(name)));
}

test("sets what commands can rely on", () => {
  expect(commandEnvironment({}, undefined, facts)).toEqual({
    NO_COLOR: "1",
    TERM: "dumb",
    COLORTERM: "",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    LC_CTYPE: "C.UTF-8",
    PAGER: "cat",
    GIT_PAGER: "cat",
    GH_PAGER: "cat",
    CODEX_CI: "1",
    CODEX_THREAD_ID: "thread",
    CODEX_SESSION_ID: "thread",
    CODEX_TOOL_CALL_ID: "call",
    CODEX_VERSION: "1.2.3",
    CODEX_HOME: "/h/.codex",
    CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS: "1",
    CODEX_SANDBOX_NETWORK_DISABLED: "1",
  });
});

const plain = { PATH: "/bin", HOME: "/h", FOO: "1", BUN_OPTIONS: "x" };

test("withholds secrets from commands without network, unless the setting says otherwise", () => {
  expect(passed(undefined)).toEqual(plain);
  expect(passed(undefined, { networkAccess: true })).toEqual(parent);
  expect(passed(undefined, { confined: false })).toEqual(parent);
  expect(passed({ ignore_default_excludes: true })).toEqual(parent);
  expect(passed({ ignore_default_excludes: false }, { confined: false })).toEqual(plain);
});

test("filters by the policy, in any letter case, and puts our tools first on PATH", () => {
  expect(passed({ inherit: "core" })).toEqual({ PATH: "/bin", HOME: "/h" });
  expect(passed({ inherit: "none", set: { A: "1" } }, { toolFolder: "/tools" })).toEqual({ A: "1" });
  expect(passed({ exclude: ["f*", "bun_?ptions", "[h]ome"] })).toEqual({ PATH: "/bin" });
  expect(passed({ include_only: ["PA*", "a.b"], set: { "a.b": "2", axb: "3" } })).toEqual({ PATH: "/bin", "a.b": "2" });
  expect(passed({ set: { MY_TOKEN: "mine" }, include_only: ["MY_*"] })).toEqual({ MY_TOKEN: "mine" });
  expect(passed(undefined, { toolFolder: "/tools" })).toEqual({ ...plain, PATH: "/tools:/bin" });
});
