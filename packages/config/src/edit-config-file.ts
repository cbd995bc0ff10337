import { readText } from "@codex/platform/read-file";
import { lockSoon } from "@codex/platform/try-lock";
import { writeAtomic } from "@codex/platform/write-atomic";
import { err, ok, type Result } from "@codex/protocol/result";
import { configError } from "./config-problem.ts";
import { editToml, type TomlEdit } from "./edit-toml.ts";

/** Milliseconds; an edit takes a few. */
const patience = 5000;

const stillBusy = "another Codex process keeps changing it; try again";

/**
 * Applies edits to a settings file, making it where it is missing. Readers see the old file or the new, never a half;
 * two writers take turns, so that neither undoes the other's edit. `<file>.lock` stays behind, empty. Edits that depend on
 * what the file says are made by a function, while nobody else writes. Gives the file's text after them.
 */
export async function editConfigFile(
  file: string,
  edits: readonly TomlEdit[] | ((text: string) => Promise<Result<readonly TomlEdit[]>>),
): Promise<Result<string>> {
  const lock = lockSoon(`${file}.lock`, patience);
  if (!lock.ok)
    return err(configError(`Cannot write ${file}: ${lock.error === "busy" ? stillBusy : lock.error.reason}.`));
  try {
    return await editUnlocked(file, edits);
  } finally {
    lock.value.release();
  }
}

async function editUnlocked(file: string, edits: Parameters<typeof editConfigFile>[1]): Promise<Result<string>> {
  const read = readText(file);
  if (!read.ok) return err(configError(`Cannot read ${file}: ${read.error.reason}.`));
  const text = read.value ?? "";
  const planned = typeof edits === "function" ? await edits(text) : ok(edits);
  if (!planned.ok) return planned;
  const edited = editToml(text, planned.value);
  if (!edited.ok) return err(configError(`Cannot change ${file}: ${edited.error}.`));
  if (edited.value === read.value) return ok(text);
  const written = writeAtomic(file, edited.value);
  return written.ok ? ok(edited.value) : err(configError(`Cannot write ${file}: ${written.error.reason}.`));
}
