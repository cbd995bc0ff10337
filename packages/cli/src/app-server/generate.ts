import { dirname, join, resolve } from "node:path";
import { currentEnvironment } from "@codex/platform/env";
import { makeFolder, writeWholeFile } from "@codex/platform/file-operations";
import { spawnForeground } from "@codex/platform/process";
import { stdio } from "@codex/platform/stdio";
import { err, ok, type Result } from "@codex/protocol/result";

/** Resolves to the exit code. */
export async function generateTypeScript(options: {
  out: string;
  prettier?: string;
  experimental?: boolean;
}): Promise<number> {
  const { writeTypeScript } = await import("@codex/protocol/generate/write-typescript");
  const written = await writeFiles(resolve(options.out), await writeTypeScript(options.experimental === true));
  if (!written.ok) return failed(written.error);
  if (options.prettier === undefined) return 0;
  const formatted = await format(options.prettier, written.value);
  return formatted.ok ? 0 : failed(formatted.error);
}

/** Resolves to the exit code. */
export async function generateJsonSchema(options: { out: string; experimental?: boolean }): Promise<number> {
  const { writeJsonSchema } = await import("@codex/protocol/generate/write-json-schema");
  const written = await writeFiles(resolve(options.out), await writeJsonSchema(options.experimental === true));
  return written.ok ? 0 : failed(written.error);
}

function failed(why: string): number {
  stdio.err(`${why}\n`);
  return 1;
}

/** Other files in the folder stay. The value lists what was written. */
async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<Result<string[], string>> {
  const paths = [...files.keys()].map((path) => join(folder, path));
  for (const parent of new Set(paths.map((path) => dirname(path)))) {
    const made = await makeFolder(parent, true);
    if (!made.ok) return err(`Cannot make the folder ${parent}: ${made.error.message}. Choose another --out.`);
  }
  for (const [path, text] of files) {
    const written = await writeWholeFile(join(folder, path), new TextEncoder().encode(text));
    if (!written.ok) {
      return err(`Cannot write ${join(folder, path)}: ${written.error.message}. Choose another --out.`);
    }
  }
  return ok(paths);
}

async function format(prettier: string, paths: readonly string[]): Promise<Result<void, string>> {
  const environment = Object.entries(currentEnvironment()).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const program = prettier.includes("/") ? resolve(prettier) : prettier;
  const started = spawnForeground({
    argv: [program, "--write", "--log-level", "warn", ...paths],
    env: Object.fromEntries(environment),
    cwd: resolve("."),
    fds: [],
  });
  if (!started.ok)
    return err(`Cannot start Prettier at ${prettier}: ${started.error}. The files are written as they are.`);
  const code = await started.value.exited;
  return code === 0 ? ok(undefined) : err(`Prettier ended with ${code}. The files are written as they are.`);
}
