import { accessSync, constants } from "node:fs";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A scratch folder with everything that a run of Codex may touch; gone at the end of the test. */
export type Workspace = AsyncDisposable & {
  /** The project folder, in which commands run. */
  path: string;
  /** What holds the project, the homes and the temporary folder: the place for files outside the project. */
  root: string;
  /** An empty HOME. */
  home: string;
  /** CODEX_HOME, shared by the runs of this workspace as a person's is. */
  codexHome: string;
  /** TMPDIR. */
  temp: string;
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  exists(file: string): Promise<boolean>;
  /** Runs git in the project and gives what it prints. */
  git(...args: string[]): Promise<string>;
};

/** Makes a workspace with these files, committed to a new git repository unless `git` is false. */
export async function workspace(
  files: Record<string, string> = {},
  options: { git?: boolean } = {},
): Promise<Workspace> {
  const root = await realpath(await mkdtemp(join(scratchFolder(), "codex-test-")));
  const folders = {
    path: join(root, "project"),
    home: join(root, "home"),
    codexHome: join(root, "codex-home"),
    temp: join(root, "tmp"),
  };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder)));
  const at = (file: string) => join(folders.path, file);
  const write = async (file: string, text: string) => void (await Bun.write(at(file), text));
  const runGit = (...args: string[]) => git(folders.path, folders.home, args);
  await Promise.all(Object.entries(files).map(([file, text]) => write(file, text)));
  if (options.git ?? true) {
    await runGit("init", "-q", "-b", "main");
    await runGit("add", "-A");
    await runGit("commit", "-q", "--allow-empty", "-m", "Start");
  }
  return {
    root,
    ...folders,
    read: (file) => Bun.file(at(file)).text(),
    write,
    exists: (file) => Bun.file(at(file)).exists(),
    git: runGit,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * Where scratch folders go. Not /tmp where there is a choice: the sandbox lets commands write there, so that a test of
 * what they may not write would see nothing.
 */
function scratchFolder(): string {
  try {
    accessSync("/var/tmp", constants.W_OK);
    return "/var/tmp";
  } catch {
    return tmpdir();
  }
}

async function git(cwd: string, home: string, args: string[]): Promise<string> {
  const child = Bun.spawn(["git", ...args], { cwd, env: gitEnvironment(home), stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) throw new Error(`git ${args.join(" ")} failed with ${code}: ${stderr.trim()}`);
  return stdout;
}

/** No one's settings, and an author and a date that give the same commit ids on every run. */
function gitEnvironment(home: string): Record<string, string> {
  const someone = { NAME: "Test", EMAIL: "test@example.invalid", DATE: "2026-01-01T00:00:00Z" };
  const identity = Object.entries(someone).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  return {
    PATH: process.env["PATH"] ?? dirname(process.execPath),
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    ...Object.fromEntries(identity),
  };
}
