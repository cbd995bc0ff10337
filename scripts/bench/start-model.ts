/** The scripted model as a process of its own, so that its work is not counted as that of the program measured. */
import { serveScript } from "../../packages/scripted-model/src/serve-script.ts";
import { type ScriptName, scripts } from "./scripts.ts";

export type ModelProcess = Disposable & { readonly url: string };

export async function startModel(name: ScriptName): Promise<ModelProcess> {
  const child = Bun.spawn([process.execPath, import.meta.path, name], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  const url = new TextDecoder().decode(value).trim();
  if (url === "") throw new Error("The scripted model did not start.");
  return { url, [Symbol.dispose]: () => child.kill() };
}

if (import.meta.main) {
  const [name] = process.argv.slice(2);
  // Requests are not checked: that costs time that grows with the request, and the tests do it.
  const server = await serveScript(scripts[name as ScriptName], { check: false });
  console.log(server.url);
  // Standard input ends with the benchmark, however that ends.
  for await (const _ of Bun.stdin.stream()) continue;
  process.exit(0);
}
