import { expect, test } from "bun:test";
import { readRepository } from "./find-environment.ts";

const known = { owner: "me", name: "my.repo" };

test.each([
  ["git@github.com:me/my.repo.git", known],
  ["org-123@github.com:me/my.repo", known],
  ["ssh://git@github.com/me/my.repo.git", known],
  ["https://github.com/me/my.repo.git", known],
  ["https://user:pass@github.com/me/my.repo/", known],
  ["http://github.com/me/my.repo", known],
  ["git://github.com/me/my.repo.git", known],
  ["github.com/me/my.repo", known],
  ["git@gitlab.com:me/my.repo.git", undefined],
  ["https://github.com.evil.com/me/my.repo", undefined],
  ["https://evil.com/github.com/me/my.repo", undefined],
  ["git@github.com:alone", undefined],
  ["/srv/git/repo", undefined],
])("the repository of %s", (url, repository) => {
  expect(readRepository(url)).toEqual(repository);
});
