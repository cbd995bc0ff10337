import { expect, test } from "bun:test";
import { childEnvironment } from "./child-environment.ts";

const originator = { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "codex_sdk_ts" };

test("this process's environment goes along without what acts on Bun", () => {
  const own = { PATH: "/bin", BUN_OPTIONS: "--preload x", BUN_BE_BUN: "1", GONE: undefined };
  expect(childEnvironment({}, own)).toEqual({ ...originator, PATH: "/bin" });
});

test("a given environment replaces it, and the key is added", () => {
  const env = { HOME: "/h", CODEX_API_KEY: "old", BUN_BE_BUN: "1" };
  expect(childEnvironment({ env, apiKey: "new" }, { PATH: "/bin" })).toEqual({
    ...originator,
    HOME: "/h",
    CODEX_API_KEY: "new",
  });
});

test("a given originator is kept", () => {
  const env = { CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "mine" };
  expect(childEnvironment({ env }, {})).toEqual(env);
});
