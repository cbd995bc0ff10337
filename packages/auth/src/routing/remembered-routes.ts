import { readText } from "@codex/platform/read-file";
import { sha256 } from "@codex/platform/sha256";
import { writeAtomic } from "@codex/platform/write-atomic";
import { isObject, parseJson, type JsonObject } from "@codex/protocol/json";
import { join } from "node:path";
import { isRule, type WorkspaceRoute } from "./workspace-route.ts";

/** The routes that the service has told, from one process to the next: so that not every run has to ask first. */
export type RememberedRoutes = {
  read(key: string): { route: WorkspaceRoute; askedAt: number } | undefined;
  write(key: string, route: WorkspaceRoute, askedAt: number): void;
};

/** In a file of the Codex home, by hashes of the accounts. What cannot be read or written is asked for again. */
export function rememberedRoutes(codexHome: string): RememberedRoutes {
  const path = join(codexHome, "workspace-routes.json");
  const load = (): JsonObject => {
    const text = readText(path);
    const stored = text.ok && text.value !== undefined ? parseJson(text.value) : undefined;
    return isObject(stored) ? (stored as JsonObject) : {};
  };
  return {
    read: (key) => {
      const entry = load()[sha256(key)];
      if (!isObject(entry)) return undefined;
      const { origin, rule, name, asked_at_ms: askedAt } = entry;
      if (!isRule(rule)) return undefined;
      if (typeof askedAt !== "number" || (typeof origin !== "string" && origin !== null)) return undefined;
      return {
        route: { origin: origin ?? undefined, rule, name: typeof name === "string" ? name : undefined },
        askedAt,
      };
    },
    write: (key, { origin, rule, name }, askedAt) => {
      // the newest few: people have a handful of accounts
      const others = Object.entries(load()).filter(([name]) => name !== sha256(key));
      const entry = { origin: origin ?? null, rule, name: name ?? null, asked_at_ms: askedAt };
      const all = Object.fromEntries([...others.slice(-9), [sha256(key), entry]]);
      writeAtomic(path, `${JSON.stringify(all)}\n`, 0o600);
    },
  };
}
