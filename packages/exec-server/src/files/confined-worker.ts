import { canonicalPath } from "@codex/platform/canonical-path";
import { spawnStreams } from "@codex/platform/spawn-streams";
import { fail, type CodexError } from "@codex/protocol/errors";
import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { accessAt, fileRules } from "@codex/sandbox/permissions/file-rules";
import type { Executor } from "../executor.ts";
import { sessionOf, type WantedSandbox } from "../sandbox/read-context.ts";
import type { FileRequest, FileWorker } from "./file-request.ts";

/**
 * Works on files by a helper that the sandbox holds, so that no link and no race leads out of it. The helper itself needs to
 * read more than it may tell (the program that it is, the system's libraries): what may not be read is refused before.
 */
export async function confinedWorker(executor: Executor, wanted: WantedSandbox): Promise<Result<FileWorker>> {
  const { argv, reads } = executor.fileHelper;
  const { profile } = wanted;
  const own = [...libraries, ...reads].map((path) => ({ place: "path", path, access: "read" }) as const);
  const entries = [...own, ...profile.entries];
  const session = sessionOf({ ...wanted, profile: { ...profile, entries, network: false } });
  const prepared = await executor.launcher.prepare({ argv, cwd: "/", env: helperEnvironment, tty: false }, session);
  if (!prepared.ok) return prepared;
  const lines = answerLines();
  const child = spawnStreams(prepared.value, { input: true }, (stream, bytes) => lines.take(stream, bytes));
  if (!child.ok) {
    prepared.value.dispose();
    return err(failed(child.error));
  }
  const { input, ended, kill } = child.value;
  void ended.then(() => {
    lines.end();
    prepared.value.dispose();
  });
  const rules = fileRules(profile, wanted.roots);
  const isClosed = (path: string): boolean => {
    const place = canonicalPath(path);
    return accessAt(rules, place.ok ? place.value : path, canonicalOf) === "deny";
  };
  let last: Promise<unknown> = Promise.resolve();
  return ok({
    work(request) {
      if (pathsOf(request).some(isClosed)) return Promise.resolve(err(denied));
      const answered = last.then(async () => {
        input?.write(Buffer.from(`${JSON.stringify(request)}\n`));
        return readAnswer(await lines.next(), lines.problem());
      });
      last = answered;
      return answered;
    },
    async close() {
      input?.close();
      await Promise.race([ended, Bun.sleep(farewell)]);
      await kill();
    },
  });
}

/** Where programs have their libraries: nothing of a person's, whatever a link may lead to. */
const libraries = ["/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/nix"];

/** ms for the helper to end by itself. */
const farewell = 1000;

const helperEnvironment = { PATH: "/usr/local/bin:/usr/bin:/bin" };

const canonicalOf = (path: string): string => {
  const place = canonicalPath(path);
  return place.ok ? place.value : path;
};

const denied = fail("filePermission", "Permission denied (os error 13)");

const failed = (why: string): CodexError =>
  fail("executorFailed", `the file helper could not run in its sandbox: ${why}`);

function pathsOf(request: FileRequest): string[] {
  if (!("path" in request)) return [];
  return request.do === "copy" ? [request.path, request.destination] : [request.path];
}

function readAnswer(line: string | undefined, problem: string): Result<unknown> {
  if (line === undefined) return err(failed(problem.trim().split("\n").at(-1) || "it ended"));
  const answer = parseJson(line);
  return isObject(answer) && typeof answer["ok"] === "boolean"
    ? (answer as Result<unknown>)
    : err(failed("bad answer"));
}

/** Gives what the helper says a line at a time. */
function answerLines() {
  let begun: Buffer[] = [];
  let problem = "";
  let ended = false;
  const ready: string[] = [];
  let waiting: ((line: string | undefined) => void) | undefined;
  return {
    take(stream: "stdout" | "stderr", bytes: Uint8Array): void {
      if (stream === "stderr") {
        problem = (problem + Buffer.from(bytes).toString()).slice(-longestProblem);
        return;
      }
      begun.push(Buffer.from(bytes));
      if (!bytes.includes(newline)) return;
      const lines = Buffer.concat(begun).toString().split("\n");
      begun = [Buffer.from(lines.pop() ?? "")];
      for (const line of lines) {
        if (waiting) waiting(line);
        else ready.push(line);
        waiting = undefined;
      }
    },
    next(): Promise<string | undefined> {
      const line = ready.shift();
      if (line !== undefined || ended) return Promise.resolve(line);
      return new Promise((resolve) => void (waiting = resolve));
    },
    end(): void {
      ended = true;
      waiting?.(undefined);
    },
    problem: () => problem,
  };
}

const newline = 0x0a;
const longestProblem = 4096;
