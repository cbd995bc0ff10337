// A program of plain Node that uses a library of the same interface: run by the tests as `node sdk-on-node.mjs LIBRARY CODEX`,
// with the environment for Codex. Prints what it saw as JSON.
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";

const [library, codexPathOverride] = process.argv.slice(2);
const { Codex } = await import(library);
const codex = new Codex({ codexPathOverride });
const thread = codex.startThread({ skipGitRepoCheck: true });

const first = await thread.run("first", { outputSchema: { type: "object" } });

const abort = new AbortController();
const aborted = await abortedTurn().catch((error) => error);

const { events } = await codex.resumeThread(thread.id).runStreamed("third");
const types = [];
for await (const { type } of events) types.push(type);

console.log(
  JSON.stringify({
    response: first.finalResponse,
    usage: first.usage,
    aborted: { name: aborted.name, code: aborted.code },
    types,
    left: readdirSync(tmpdir()).filter((name) => name.includes("schema")),
  }),
);

/** The model never answers "second". */
async function abortedTurn() {
  const { events } = await thread.runStreamed("second", { signal: abort.signal });
  for await (const { type } of events) if (type === "turn.started") abort.abort();
  return { name: "none" };
}
