import { expect, test } from "bun:test";
import { Command } from "commander";
import fc from "fast-check";
import { defineSandbox } from "./commands/sandbox.ts";
import { readSandboxWords } from "./quick-sandbox.ts";
import { addSharedOptions, withParents } from "./shared-options.ts";

/** What the whole command line makes of the words: undefined where it refuses them. */
async function readWhole(words: readonly string[]): Promise<unknown> {
  let read: unknown;
  const program = addSharedOptions(new Command("codex"));
  defineSandbox(program, () => undefined);
  const sandbox = program.commands.find((command) => command.name() === "sandbox");
  if (sandbox === undefined) throw new Error("there is no sandbox command");
  for (const command of [program, sandbox, ...sandbox.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  }
  sandbox.action((argv: string[], _options: unknown, command: Command) => {
    read = { argv, flags: withParents(command) };
  });
  for (const older of sandbox.commands) older.action(() => undefined);
  await program.parseAsync(["sandbox", ...words], { from: "user" }).catch(() => undefined);
  return read;
}

test("what it reads is what the whole command line reads", async () => {
  const option = fc.constantFrom("-s", "--sandbox", "-c", "--config", "-P", "--permission-profile", "-C", "--cd");
  const value = fc.constantFrom("read-only", "workspace-write", "a=1", "b=[2]", ":workspace", "/tmp", "x", "");
  const word = fc.oneof(
    option,
    value,
    fc.constantFrom("--", "-", "--full-auto", "-sread-only", "--cd=/", "linux", "help"),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(option, value), { maxLength: 3 }),
      fc.array(word, { maxLength: 4 }),
      async (pairs, rest) => {
        const words = [...pairs.flat(), ...rest];
        const quick = readSandboxWords(words);
        if (quick !== undefined) expect<unknown>(quick).toEqual(await readWhole(words));
      },
    ),
    { numRuns: 400 },
  );
});

test("it reads what people write most, and leaves the rest", () => {
  expect(readSandboxWords(["-s", "workspace-write", "-c", "a=1", "-c", "b=2", "--", "ls", "-c"])).toEqual({
    argv: ["ls", "-c"],
    flags: { sandbox: "workspace-write", config: ["a=1", "b=2"] },
  });
  for (const words of [[], ["--"], ["--help"], ["linux", "ls"], ["-s", "none", "ls"], ["--full-auto", "ls"], ["-s"]]) {
    expect(readSandboxWords(words)).toBeUndefined();
  }
});
