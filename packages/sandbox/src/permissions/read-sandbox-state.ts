import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { Access, PermissionProfile, ProfileEntry } from "./profile.ts";

/** What a program that runs commands for Codex is told of the sandbox (`codex/sandbox-state`). Shape: the original 0.169.0. */
export type SandboxState = {
  /** Absolute. */
  readonly cwd: string;
  readonly profile: PermissionProfile;
};

/** The error is the rest of a sentence. What is not understood is refused: it may have closed something. */
export function readSandboxState(text: string): Result<SandboxState, string> {
  const state = parseJson(text);
  if (!isObject(state)) return err("it is not a JSON object");
  const { permissionProfile: written, sandboxCwd } = state;
  if (written === undefined) return err("missing field `permissionProfile`");
  if (sandboxCwd === undefined) return err("missing field `sandboxCwd`");
  const cwd = folderOf(sandboxCwd);
  if (cwd === undefined) return err("`sandboxCwd` is not the URI of a folder, such as file:///home/me");
  const profile = readPermissionProfile(written);
  return profile.ok ? ok({ cwd, profile: profile.value }) : profile;
}

type Fields = Readonly<Record<string, unknown>>;

function folderOf(uri: unknown): string | undefined {
  if (typeof uri !== "string" || !uri.startsWith("file://")) return undefined;
  try {
    const path = fileURLToPath(uri);
    return isAbsolute(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

const named = { name: "sandbox-state", scanDepth: undefined } as const;
const readAll: ProfileEntry = { place: "root", access: "read" };

/** A profile as the original writes it. The error is the rest of a sentence. */
export const readPermissionProfile = (written: unknown): Result<PermissionProfile, string> =>
  isObject(written) ? readProfile(written) : err("the profile is not an object");

function readProfile({ type, file_system: files, network }: Fields): Result<PermissionProfile, string> {
  switch (type) {
    case "disabled":
      return ok({ ...named, unconfined: true, entries: [], network: true });
    // Whatever confines us from outside is not known here, so nothing is written; source: the original.
    case "external":
      return ok({ ...named, unconfined: false, entries: [readAll], network: network === "enabled" });
    case "managed":
      return readManaged(files, network === "enabled");
    default:
      return err(`unknown type of \`permissionProfile\`: ${JSON.stringify(type ?? null)}`);
  }
}

function readManaged(files: unknown, network: boolean): Result<PermissionProfile, string> {
  if (!isObject(files)) return err("missing field `file_system`");
  if (files["type"] === "unrestricted" && network) return ok({ ...named, unconfined: true, entries: [], network });
  const { type, entries: written, glob_scan_max_depth: depth } = files;
  if (type !== "restricted") return err(`a \`file_system\` that cannot be enforced here: ${JSON.stringify(type)}`);
  if (!Array.isArray(written)) return err("missing field `entries`");
  const entries: ProfileEntry[] = [];
  for (const each of written) {
    const entry = isObject(each) ? readEntry(each) : undefined;
    if (entry === undefined) return err(`an entry that is not understood: ${JSON.stringify(each)}`);
    entries.push(entry);
  }
  const scanDepth = typeof depth === "number" ? depth : undefined;
  return ok({ ...named, unconfined: false, entries, network, scanDepth });
}

function readEntry({ path: written, access }: Fields): ProfileEntry | undefined {
  if (!isObject(written) || !isAccess(access)) return undefined;
  const { type, path, pattern, value } = written;
  if (type === "special") return isObject(value) ? readSpecial(value, access) : undefined;
  const place = type === "path" ? path : type === "glob_pattern" ? pattern : undefined;
  return typeof place === "string" && isAbsolute(place) ? { place: "path", path: place, access } : undefined;
}

function readSpecial({ kind, subpath }: Fields, access: Access): ProfileEntry | undefined {
  switch (kind) {
    case "root":
    case "minimal":
    case "tmpdir":
    case "slash_tmp":
      return { place: kind, access };
    case "project_roots":
      return { place: "workspace_roots", sub: typeof subpath === "string" ? subpath : ".", access };
    default:
      return undefined;
  }
}

const isAccess = (value: unknown): value is Access => value === "read" || value === "write" || value === "deny";
