import { fail } from "@codex/protocol/errors";
import type { DynamicToolSpec } from "@codex/protocol/methods/thread-start";
import { err, ok, type Result } from "@codex/protocol/result";

/** What the service would refuse is refused here, with the words of the original. */
export function checkDynamicTools(specs: readonly DynamicToolSpec[]): Result<readonly DynamicToolSpec[]> {
  const problem = firstProblem(specs);
  return problem === undefined ? ok(specs) : err(fail("refusedParams", problem));
}

function firstProblem(specs: readonly DynamicToolSpec[]): string | undefined {
  const seen = new Set<string>();
  for (const spec of specs) {
    const problem = spec.type === "function" ? functionProblem(spec, seen) : namespaceProblem(spec, seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type Function = Extract<DynamicToolSpec, { type: "function" }>;
type Namespace = Extract<DynamicToolSpec, { type: "namespace" }>;

function functionProblem({ name, deferLoading }: Function, seen: Set<string>): string | undefined {
  if (deferLoading) return `deferred dynamic tool must include a namespace: ${name}`;
  return nameProblem("dynamic tool name", name) ?? duplicate(`dynamic tool name: ${name}`, name, seen);
}

function namespaceProblem({ name, tools }: Namespace, seen: Set<string>): string | undefined {
  const problem = nameProblem("dynamic tool namespace", name);
  if (problem !== undefined) return problem;
  if (tools.length === 0) return `dynamic tool namespace must contain at least one tool: ${name}`;
  const inside = new Set<string>();
  for (const tool of tools) {
    const wrong =
      nameProblem("dynamic tool name", tool.name) ??
      duplicate(`dynamic tool name in namespace ${name}: ${tool.name}`, tool.name, inside);
    if (wrong !== undefined) return wrong;
  }
  return duplicate(`dynamic tool namespace: ${name}`, `${name}\n`, seen);
}

function nameProblem(what: string, name: string): string | undefined {
  if (name.trim() === "") return `${what} must not be empty`;
  if (name.trim() !== name) return `${what} has leading/trailing whitespace: ${name}`;
  return /^[a-zA-Z0-9_-]+$/.test(name)
    ? undefined
    : `${what} must match ^[a-zA-Z0-9_-]+$ to match Responses API: ${name}`;
}

function duplicate(what: string, key: string, seen: Set<string>): string | undefined {
  if (seen.has(key)) return `duplicate ${what}`;
  seen.add(key);
  return undefined;
}
