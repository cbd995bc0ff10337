import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codex, model } from "../../packages/scripted-model/src/testing.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";

/** Puts so many threads of a turn each into both programs' homes, as months of use leave them. The oldest is `thread 0 `. */
export async function storeThreads(ws: Workspace, count: number): Promise<void> {
  await using server = await model.plays([model.says("Yes.")], { check: false });
  const { rollouts } = await codex.exec({ server, ws, args: ["--json", "thread words"] });
  const [rollout] = await rollouts();
  if (rollout === undefined) throw new Error("The run left no rollout.");
  const text = await Bun.file(rollout.path).text();
  const [id = ""] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(rollout.path) ?? [];
  const first = Date.now() - count * msBetween - 86_400_000;
  for (let index = 0; index < count; index++) {
    const time = new Date(first + index * msBetween).toISOString();
    const hex = Date.parse(time).toString(16).padStart(12, "0");
    const own = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${index.toString(16).padStart(12, "0")}`;
    const name = `rollout-${time.slice(0, 19).replaceAll(":", "-")}-${own}.jsonl`;
    const lines = text
      .replace('"source":"exec"', '"source":"vscode"')
      .replaceAll(id, own)
      .replaceAll("thread words", `thread ${index} of many`);
    const dated = lines.replaceAll(/"timestamp":"[^"]+"/g, `"timestamp":"${time}"`);
    for (const program of ["ours", "original"]) {
      const path = join(ws.root, `codex-home-${program}`, "sessions", ...time.slice(0, 10).split("-"), name);
      await mkdir(dirname(path), { recursive: true });
      await Bun.write(path, dated);
    }
  }
}

/** An hour and a half. */
const msBetween = 5_400_000;
