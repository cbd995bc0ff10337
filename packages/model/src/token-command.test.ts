import { describe, expect, test } from "bun:test";
import type { CapturedOutput } from "@codex/platform/capture-output";
import { err, ok, type Result } from "@codex/protocol/result";
import { commandToken, type TokenCommand } from "./token-command.ts";

const command: TokenCommand = { argv: ["tok"], cwd: undefined, timeoutMs: 1, refreshIntervalMs: 1_000 };

/** A command that gives one answer after the other, the last for ever; the clock stands where `at` puts it. */
function source(answers: (Result<CapturedOutput, string> | string)[], refreshIntervalMs = command.refreshIntervalMs) {
  let now = 0;
  let runs = 0;
  const run = () => {
    const answer = answers[Math.min(runs++, answers.length - 1)] ?? "";
    return Promise.resolve(typeof answer === "string" ? ok({ stdout: answer, stderr: "", exitCode: 0 }) : answer);
  };
  const token = commandToken({ ...command, refreshIntervalMs }, { run, monotonic: () => now });
  return { ...token, at: (ms: number) => (now = ms), runs: () => runs };
}

const signed = (token: string) => ok({ token, headers: {} });

describe("commandToken", () => {
  test("keeps a token for its interval", async () => {
    const { current, at, runs } = source(["one\n", "two"]);
    expect(await Promise.all([current(), current()])).toEqual([signed("one"), signed("one")]);
    at(999);
    expect(await current()).toEqual(signed("one"));
    expect(runs()).toBe(1);
    at(1_000);
    expect(await current()).toEqual(signed("two"));
  });

  test("keeps it until it is refused where the interval is 0", async () => {
    const { current, renew, at } = source(["one", "two", "two"], 0);
    await current();
    at(1e9);
    expect(await current()).toEqual(signed("one"));
    expect(await renew(1)).toEqual(ok(true));
    expect(await current()).toEqual(signed("two"));
    expect(await renew(1)).toEqual(ok(false));
    expect(await renew(2)).toEqual(ok(false));
  });

  test.each<[string, Result<CapturedOutput, string> | string, string]>([
    ["cannot be run", err("no such file"), "failed: no such file"],
    ["fails", ok({ stdout: "x", stderr: "a\nlocked\n", exitCode: 2 }), "exited with status 2: locked"],
    ["fails without a word", ok({ stdout: "", stderr: "", exitCode: 1 }), "exited with status 1"],
    ["prints nothing", " \n", "printed no token"],
    ["prints two lines", "a\nb", "printed something that is no token"],
  ])("says when the command %s", async (_, answer, message) => {
    expect(await source([answer]).current()).toEqual(err(`provider auth command \`tok\` ${message}`));
  });
});
