/**
 * Serves a scenario by hand: `bun packages/scripted-model/src/serve.ts SCENARIO [--port N] [--strict]` prints the base URL
 * and runs until it is stopped. Requests are checked without their headers, so that curl may ask too; `--strict` asks for
 * Codex's headers as well.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readScenario } from "./read-scenario.ts";
import { type ScriptedServer, serveScript } from "./serve-script.ts";

/** Starts the server that the arguments describe. Throws a sentence where they make no sense. */
export async function serve(argv: string[]): Promise<ScriptedServer> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { port: { type: "string", default: "0" }, strict: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new Error("Name one scenario file: serve.ts SCENARIO [--port N].");
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port.`);
  const { steps, ...scenario } = await readScenario(resolve(file));
  return serveScript(steps, { ...scenario, port, check: { headers: values.strict } });
}

if (import.meta.main) {
  try {
    const server = await serve(process.argv.slice(2));
    console.log(server.url);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
