import { afterAll, beforeAll, expect, test } from "bun:test";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitInfo } from "./git-info.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "codex-git-")));
const main = join(root, "main");
const env = { PATH: process.env.PATH ?? "", HOME: root, GIT_CONFIG_NOSYSTEM: "1" };
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], {
    cwd: main,
    env,
    encoding: "utf8",
  }).trim();

beforeAll(() => {
  mkdirSync(join(main, "deep/er"), { recursive: true });
  git("init", "-q", "-b", "main");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

// The steps build on each other, as a repository's life does.
test("from the files of a real repository", () => {
  expect(gitInfo(root)).toBe(undefined);
  mkdirSync(join(root, ".git"));
  expect(gitInfo(root)).toBe(undefined);
  expect(gitInfo(main)).toEqual({ branch: "main" });

  git("commit", "-q", "--allow-empty", "-m", "one");
  git("remote", "add", "other", "https://example.com/other.git");
  git("remote", "add", "origin", "git@example.com:a/b.git");
  const sha = git("rev-parse", "HEAD");
  const originUrl = "git@example.com:a/b.git";
  expect(gitInfo(join(main, "deep/er"))).toEqual({ branch: "main", sha, originUrl });

  git("pack-refs", "--all");
  expect(gitInfo(main)).toEqual({ branch: "main", sha, originUrl });

  git("worktree", "add", "-q", "-b", "feature/x", join(root, "tree"));
  expect(gitInfo(join(root, "tree"))).toEqual({ branch: "feature/x", sha, originUrl });

  git("checkout", "-q", "--detach");
  expect(gitInfo(main)).toEqual({ sha, originUrl });
});

test("a HEAD that points out of the git folder is not followed", () => {
  const evil = join(root, "evil");
  mkdirSync(join(evil, ".git"), { recursive: true });
  writeFileSync(join(evil, "secret"), "a".repeat(40));
  writeFileSync(join(evil, ".git/HEAD"), "ref: ../secret\n");
  expect(gitInfo(evil)).toEqual({});
});
