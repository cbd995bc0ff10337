// The examples of docs/sdk.md, as programs of plain Node that use the built library.
import { expect, test } from "bun:test";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { binaryPath, prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import { model, workspace } from "../packages/scripted-model/src/testing.ts";

const root = join(import.meta.dir, "..");
const text = await Bun.file(join(root, "docs", "sdk.md")).text();
const examples = [...text.matchAll(/^## (.+?)$[^]*?```js\n([^]*?)```/gm)].map(([, title = "", code = ""]) => ({
  title,
  code,
}));

/** What each prints, by its heading. */
const printed: Record<string, RegExp> = {
  "A turn": /^\{"severity":"high"\} \{[^]*input_tokens: 100,[^]*\}\nGo on with: codex exec resume [0-9a-f-]{36}\n$/,
  "Events as they happen": /^\$ \/bin\/\w+ -lc ls\n\{"severity":"high"\}\n200 tokens in\n$/,
  "Answers in a shape, images": /^high\n$/,
  "Ends that are not good": /^turn_failed: .*Not today.*\n$/,
};

test("every example has a witness", () => {
  expect(examples.map(({ title }) => title)).toEqual(Object.keys(printed));
});

test.each(examples)("$title", async ({ title, code }) => {
  await using server = await model.plays((request) => {
    const prompt = request.texts("user").at(-1);
    if (prompt === "Run the whole test suite.") return model.status(400, { error: { message: "Not today." } });
    if (prompt === "List the files." && request.outputs().length === 0) return model.exec("ls");
    return [model.says('{"severity":"high"}'), model.usage({ input: 100, output: 20 })];
  });
  await using ws = await workspace({ "example.mjs": code, "screenshot.png": "" });
  await Bun.write(join(ws.path, "screenshot.png"), Buffer.from(onePixel, "base64"));
  await mkdir(join(ws.path, "node_modules", "@codex"), { recursive: true });
  await symlink(join(root, "packages", "sdk"), join(ws.path, "node_modules", "@codex", "sdk"));
  const { env } = await prepareLaunch({ server, ws, env: { CODEX_PATH: binaryPath() } });

  const program = Bun.spawn(["node", "example.mjs"], { cwd: ws.path, env, stdio: ["ignore", "pipe", "inherit"] });

  expect(await new Response(program.stdout).text()).toMatch(printed[title] ?? /^$/);
  expect(await program.exited).toBe(0);
});

const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
