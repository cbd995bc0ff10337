import { canonicalPath, canonicalPlace } from "@codex/platform/canonical-path";
import { snapshotFile, type FileSnapshot } from "@codex/platform/file-snapshot";
import { err, ok, type Result } from "@codex/protocol/result";
import { isUtf8 } from "node:buffer";
import { isAbsolute, join } from "node:path";
import { applyHunks } from "./apply-hunks.ts";
import type { FileChange } from "./net-changes.ts";
import type { Operation, Patch } from "./patch.ts";

/** What a patch makes of one file. */
export type PlannedFile = FileChange & {
  /** As the patch names it. */
  readonly name: string;
  readonly previous: FileSnapshot | undefined;
  /** The patch put new content over a file without looking at what was there. */
  readonly overwritten: boolean;
  /** What stood at `place` itself; differs from `previous.version` for a symbolic link that is removed. */
  readonly version: string | undefined;
};

/** Files by place, in the order in which the patch first touches them. */
export type PatchPlan = ReadonlyMap<string, PlannedFile>;

/** The plan while it is made. */
type Draft = { readonly cwd: string; readonly files: Map<string, PlannedFile> };

const noSuchFile = "No such file or directory (os error 2)";

/**
 * Works out what a patch makes of every file, without writing: each operation sees what those before it have done, so that
 * a file may be changed several times. The error is the sentence that the model reads.
 */
export function planPatch(patch: Patch, cwd: string): Result<PatchPlan, string> {
  const draft: Draft = { cwd, files: new Map() };
  for (const operation of patch) {
    const planned = planOperation(draft, operation);
    if (!planned.ok) return planned;
  }
  return ok(draft.files);
}

function planOperation(draft: Draft, operation: Operation): Result<void, string> {
  switch (operation.kind) {
    case "add":
      return planAdd(draft, operation);
    case "delete":
      return planDelete(draft, operation);
    case "update":
      return planUpdate(draft, operation);
  }
}

function planAdd(draft: Draft, operation: Operation & { kind: "add" }): Result<void, string> {
  const file = target(draft, operation.path);
  if (!file.ok) return err(`Failed to write file ${absolute(draft, operation.path)}: ${file.error}`);
  const overwritten = file.value.after !== undefined;
  keep(draft, { ...file.value, overwritten, after: operation.content, movedTo: undefined });
  return ok(undefined);
}

function planDelete(draft: Draft, operation: Operation & { kind: "delete" }): Result<void, string> {
  const file = source(draft, operation.path);
  if (!file.ok) return err(`Failed to read ${absolute(draft, operation.path)}: ${file.error}`);
  keep(draft, { ...file.value, after: undefined, movedTo: undefined });
  return ok(undefined);
}

function planUpdate(draft: Draft, operation: Operation & { kind: "update" }): Result<void, string> {
  const path = absolute(draft, operation.path);
  const file = target(draft, operation.path);
  const text = file.ok ? editableText(file.value) : file;
  if (!file.ok || !text.ok) return err(`Failed to read file to update ${path}: ${text.ok ? noSuchFile : text.error}`);
  const after = applyHunks(text.value, operation.hunks, path);
  if (!after.ok) return after;
  if (operation.moveTo === undefined) {
    keep(draft, { ...file.value, after: after.value });
    return ok(undefined);
  }
  return planMove(draft, operation.path, operation.moveTo, after.value);
}

function planMove(draft: Draft, fromName: string, toName: string, content: string): Result<void, string> {
  const from = source(draft, fromName);
  if (!from.ok) return err(`Failed to read file to update ${absolute(draft, fromName)}: ${from.error}`);
  const to = target(draft, toName);
  if (!to.ok) return err(`Failed to write file ${absolute(draft, toName)}: ${to.error}`);
  // Moved to where it already is: only an update.
  const stays = to.value.place === from.value.place;
  if (!stays) {
    for (const file of draft.files.values()) {
      if (file.movedTo === from.value.place) keep(draft, { ...file, movedTo: to.value.place });
    }
    keep(draft, { ...from.value, after: undefined, movedTo: to.value.place });
  }
  const overwritten = !stays && to.value.after !== undefined;
  keep(draft, { ...to.value, overwritten, after: content, movedTo: undefined });
  return ok(undefined);
}

const keep = (draft: Draft, file: PlannedFile): unknown => draft.files.set(file.place, file);

const absolute = (draft: Draft, name: string): string => (isAbsolute(name) ? join(name) : join(draft.cwd, name));

/** The file that a write to the name ends in, links followed, as the patch has left it so far. */
function target(draft: Draft, name: string): Result<PlannedFile, string> {
  const place = canonicalPlace(absolute(draft, name));
  if (!place.ok) return err(place.error.reason);
  // A link that the patch has removed is a plain name from then on.
  const removed = draft.files.get(place.value);
  if (removed !== undefined) return ok({ ...removed });
  const canonical = canonicalPath(absolute(draft, name));
  return canonical.ok ? fileAt(draft, name, canonical.value, "file") : err(canonical.error.reason);
}

/** The name itself, a link not followed: what is removed when the file is deleted or moved. */
function source(draft: Draft, name: string): Result<PlannedFile, string> {
  const place = canonicalPlace(absolute(draft, name));
  const file = place.ok ? fileAt(draft, name, place.value, "link") : err(place.error.reason);
  return file.ok && file.value.after === undefined ? err(noSuchFile) : file;
}

function fileAt(draft: Draft, name: string, place: string, kind: "file" | "link"): Result<PlannedFile, string> {
  const known = draft.files.get(place);
  if (known !== undefined) return ok(known);
  const read = snapshotFile(place, kind);
  if (!read.ok) return err(read.error.reason);
  const text = read.value === undefined ? undefined : lossy.decode(read.value.bytes);
  return ok({
    place,
    path: absolute(draft, name),
    name,
    previous: read.value,
    // Of what was read, and of nothing that has been put in its place since.
    version: read.value?.version,
    mode: read.value?.mode,
    before: text,
    after: text,
    movedTo: undefined,
    overwritten: false,
  });
}

/** For showing what is deleted or overwritten, which may be anything. */
const lossy = new TextDecoder("utf-8", { ignoreBOM: true });

/** Only text that survives the way there and back: anything else would be damaged outside the changed lines. */
function editableText(file: PlannedFile): Result<string, string> {
  if (file.after === undefined) return err(noSuchFile);
  const asRead = file.after === file.before && file.previous !== undefined;
  return asRead && !isUtf8(file.previous.bytes) ? err("it is not valid UTF-8 text") : ok(file.after);
}
