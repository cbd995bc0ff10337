import type { Backend, BackendFailure } from "@codex/auth/backend/open-backend";
import { captureOutput } from "@codex/platform/capture-output";
import type { Environment } from "@codex/platform/env";
import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { gitEnvironment } from "./apply-diff.ts";
import { text } from "./task.ts";

type CloudEnvironment = { id: string; label: string | undefined };

export type EnvironmentSearch = {
  ask: Backend;
  url: (path: string) => string;
  cwd: string;
  env: Environment;
};

/** The id of the environment that is meant, by its id or by its label in any letter case. */
export async function findEnvironment(
  wanted: string,
  search: EnvironmentSearch,
): Promise<Result<string, BackendFailure | string>> {
  const name = wanted.trim();
  if (name === "") return err("environment id must not be empty");
  const known = await listEnvironments(search);
  if (!known.ok) return known;
  if (known.value.length === 0) return err("no cloud environments are available for this workspace");
  if (known.value.some(({ id }) => id === name)) return ok(name);
  const labelled = known.value.filter(({ label }) => label?.toLowerCase() === name.toLowerCase());
  const ids = new Set(labelled.map(({ id }) => id));
  const [only] = ids;
  if (only === undefined) {
    return err(`environment '${name}' not found; ${knownSentence(known.value)}`);
  }
  if (ids.size > 1) return err(`environment label '${name}' is ambiguous; use one of the ids: ${[...ids].join(", ")}`);
  return ok(only);
}

const knownSentence = (known: readonly CloudEnvironment[]): string =>
  `there are: ${known
    .slice(0, 20)
    .map(({ id, label }) => (label === undefined ? id : `${label} (${id})`))
    .join(", ")}`;

/** Those of this checkout's repositories, then all; a list that fails is missed only where it was the last. */
async function listEnvironments(search: EnvironmentSearch): Promise<Result<CloudEnvironment[], BackendFailure>> {
  const { ask, url } = search;
  const found = new Map<string, CloudEnvironment>();
  const add = (reply: unknown): void => {
    for (const item of Array.isArray(reply) ? reply.filter(isObject) : []) {
      const id = text(item["id"]);
      if (id !== undefined) found.set(id, { id, label: found.get(id)?.label ?? text(item["label"]) });
    }
  };
  for (const { owner, name } of await repositories(search)) {
    const path = `environments/by-repo/github/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
    const reply = await ask({ method: "GET", url: url(path) });
    if (reply.ok) add(reply.value);
  }
  const all = await ask({ method: "GET", url: url("environments") });
  if (!all.ok && found.size === 0) return all;
  if (all.ok) add(all.value);
  return ok([...found.values()]);
}

type Repository = { owner: string; name: string };

/** The repositories at GitHub that this checkout knows as remotes. */
async function repositories({ cwd, env }: EnvironmentSearch): Promise<Repository[]> {
  const argv = ["git", "config", "--get-regexp", "^remote\\..*\\.url$"] as const;
  const output = await captureOutput(argv, { cwd, env: gitEnvironment(env), timeoutMs: 10_000 });
  if (!output.ok || output.value.exitCode !== 0) return [];
  const urls = output.value.stdout.split("\n").map((line) => line.slice(line.indexOf(" ") + 1).trim());
  return [...new Set(urls)].sort().flatMap((url) => readRepository(url) ?? []);
}

/** `git@github.com:owner/name.git` and the other ways to write it; undefined for another host. */
export function readRepository(url: string): Repository | undefined {
  const [, path] =
    /^(?:ssh:\/\/)?[^@/]+@github\.com[:/]\/*(.+)$/.exec(url) ??
    /^(?:(?:https?|git):\/\/)?(?:[^@/]+@)?github\.com\/+(.+)$/.exec(url) ??
    [];
  const [owner = "", name = ""] = (path ?? "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/");
  return owner === "" || name === "" ? undefined : { owner, name };
}
