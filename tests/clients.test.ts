// Published clients of Codex against the built program. `scripts/clients.sh` installs them; without it these tests are skipped.
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { codex, model, workspace } from "../packages/scripted-model/src/testing.ts";
import { playOnNode, type Sdk, scenarios } from "./sdk-scenarios.ts";
import { clientsInstalled, publishedFile } from "./support/published-clients.ts";

const publishedSdk = publishedFile("@openai", "codex-sdk", "dist", "index.js");
const ccusage = publishedFile("@ccusage", "codex", "dist", "index.js");

describe.skipIf(!clientsInstalled)("@openai/codex-sdk", () => {
  test.each(Object.entries(scenarios))("%s", async (_name, play) => play((await import(publishedSdk)) as Sdk));

  test("in plain Node", () => playOnNode(publishedSdk));

  test("has no name that our library lacks", async () => {
    const theirs = exportedNames(await Bun.file(publishedSdk.replace(/js$/, "d.ts")).text());
    const ours = exportedNames(await Bun.file(join(import.meta.dir, "../packages/sdk/src/sdk.ts")).text());
    expect(theirs.length).toBeGreaterThan(30);
    expect(theirs.filter((name) => !ours.includes(name))).toEqual([]);
  });
});

test.skipIf(!clientsInstalled)("@ccusage/codex counts the tokens of recorded sessions", async () => {
  await using server = await model.plays([
    [model.exec("true"), model.usage({ input: 1000, cached: 400, output: 50, reasoning: 20 })],
    [model.says("Done."), model.usage({ input: 1500, cached: 900, output: 70 })],
    [model.says("Again."), model.usage({ input: 2000, cached: 1500, output: 80 })],
  ]);
  await using ws = await workspace();
  await codex.exec({ server, ws, args: ["--json", "go"] });
  await codex.exec({ server, ws, subcommand: ["exec", "resume"], args: ["--last", "--json", "once more"] });

  const report = Bun.spawn(["node", ccusage, "daily", "--offline", "--json"], {
    env: { PATH: process.env["PATH"], HOME: ws.home, CODEX_HOME: ws.codexHome },
    stdio: ["ignore", "pipe", "inherit"],
  });

  expect(await new Response(report.stdout).json()).toMatchObject({
    totals: {
      inputTokens: 4500,
      cachedInputTokens: 2800,
      outputTokens: 200,
      reasoningOutputTokens: 20,
      totalTokens: 4700,
    },
  });
});

/** The names in a file's `export { … }` lists. */
const exportedNames = (source: string): string[] =>
  [...source.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((name) => name.replace("type ", "").trim())
      .filter((name) => name !== ""),
  );
