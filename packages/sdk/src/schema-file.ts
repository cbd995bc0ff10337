import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodexError } from "./codex-error.ts";

/** A schema on disk, for as long as a turn needs it. */
export type SchemaFile = { path: string; remove(): Promise<void> };

/** Writes the schema to a folder that only this user can read. Undefined where there is no schema. */
export async function writeSchemaFile(schema: unknown): Promise<SchemaFile | undefined> {
  if (schema === undefined) return undefined;
  if (typeof schema !== "object" || schema === null || Array.isArray(schema))
    throw new CodexError("invalid_option", "outputSchema must be a JSON Schema written as an object.");
  const text = JSON.stringify(schema);
  const folder = await mkdtemp(join(tmpdir(), "codex-schema-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, "schema.json");
  try {
    await writeFile(path, text, { mode: 0o600 });
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, remove };
}
