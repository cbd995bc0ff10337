/**
 * What a test of the built program needs: a scripted `model`, a scratch `workspace`, and `codex` to run in it.
 *
 *     await using server = await model.plays([model.exec("exit 3"), model.says("It failed with 3.")]);
 *     await using ws = await workspace({ "a.txt": "hi\n" });
 *     const run = await codex.exec({ server, ws, args: ["--json", "try it"] });
 */
export { model } from "./model.ts";
export { codex } from "./run-codex.ts";
export { workspace } from "./workspace.ts";
