/**
 * The order of the packages: each may import those before it, never those after it, and another package only by name.
 * Tests, the demo and the benchmarks may import anything.
 */
import { join } from "node:path";

const order = ["protocol", "platform", "config", "auth", "model", "sandbox", "core", "app-server", "exec", "cli"];
/** Stand beside the order, with what they may use; only `cli` uses one of them. */
const beside: Record<string, readonly string[]> = {
  "scripted-model": ["protocol"],
  "responses-api-proxy": ["protocol", "platform"],
  // Of the app server only how its clients reach it.
  "exec-server": ["protocol", "platform", "sandbox", "app-server"],
  sdk: [],
};

const mayImport = (from: string, to: string): boolean =>
  from === to ||
  (beside[from]?.includes(to) ?? (to in beside ? from === "cli" : order.indexOf(to) < order.indexOf(from)));

/** One line for each import that breaks the order. */
export async function findBoundaryBreaks(root: string): Promise<string[]> {
  const breaks: string[] = [];
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  for await (const file of new Bun.Glob("packages/*/src/**/*.ts").scan({ cwd: root })) {
    if (file.endsWith(".test.ts") || file.endsWith(".d.ts") || file.endsWith("/testing.ts")) continue;
    const from = file.split("/")[1] ?? "";
    const text = await Bun.file(join(root, file)).text();
    const imported = [
      ...transpiler.scanImports(text).map((found) => found.path),
      // type-only imports are gone after transpiling
      ...[...text.matchAll(/from "(@codex\/[^"]+|\.[^"]+)"/g)].map((match) => match[1] ?? ""),
    ];
    for (const path of new Set(imported)) {
      const to = /^@codex\/([^/]+)/.exec(path)?.[1];
      if (to !== undefined && !mayImport(from, to)) breaks.push(`${file}: ${from} may not import ${to} (${path})`);
      if (
        path.startsWith("../") &&
        !join("packages", from, "src", relativeDepth(file), path).startsWith(`packages/${from}/`)
      )
        breaks.push(`${file}: leaves its package by a path (${path})`);
    }
  }
  return breaks.sort();
}

const relativeDepth = (file: string): string => file.split("/").slice(3, -1).join("/");
