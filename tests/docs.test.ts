// What the documents for people say exists: the pages and headings they point to, the commands and options they show.
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { buildProgram } from "../packages/cli/src/run-cli.ts";
import { commandTree } from "../packages/cli/src/completion/command-tree.ts";

const root = join(import.meta.dir, "..");
const pages = ["README.md", "AGENTS.md", "CHANGELOG.md", ...new Bun.Glob("docs/*.md").scanSync({ cwd: root })];
const texts = new Map(await Promise.all(pages.map(async (page) => [page, await textOf(page)] as const)));

function textOf(page: string): Promise<string> {
  return Bun.file(join(root, page)).text();
}

type Link = { readonly page: string; readonly to: string; readonly heading: string | undefined };

const links: Link[] = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, path = "", heading]) => {
    return { page, to: path === "" ? page : relative(root, join(root, dirname(page), path)), heading };
  }),
);

test("each link leads somewhere", async () => {
  expect(links.filter(({ to }) => !existsSync(join(root, to)))).toEqual([]);
  const lost = links.filter(
    ({ to, heading }) => heading !== undefined && !headings(texts.get(to) ?? "").includes(heading),
  );
  expect(lost).toEqual([]);
});

/** As GitHub makes anchors of them. */
const headings = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );

test("each page can be reached from the first", () => {
  const reached = new Set(["README.md"]);
  for (const page of reached) for (const link of links) if (link.page === page) reached.add(link.to);
  expect(pages.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([]);
});

const tree = commandTree(await buildProgram("*", () => undefined), "codex");

/** Lines of examples that run Codex, as words. */
const shown = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/^```(?:sh|console)\n([^]*?)^```/gm)].flatMap(([, code = ""]) =>
    code.split("\n").flatMap((line) => {
      const words = /(?:^|\$ |\| )codex ((?:"[^"]*"|'[^']*'|[^|#"'])*)/.exec(line)?.[1];
      return words === undefined
        ? []
        : [
            {
              page,
              words: words
                .trim()
                .replaceAll(/"[^"]*"|'[^']*'/g, "…")
                .split(/\s+/),
            },
          ];
    }),
  ),
);

test("each command and option of an example is there", () => {
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter(({ words }) => !isUnderstood(words)).map(({ page, words }) => [page, words.join(" ")])).toEqual(
    [],
  );
});

/** What stands behind `--` is a command's own. Options of a command count for those below it. */
function isUnderstood(words: readonly string[]): boolean {
  const own = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  let path = "codex";
  const known = new Set<string>();
  const learn = () => {
    const node = tree.find((each) => each.path === path);
    for (const { spellings } of node?.options ?? []) for (const spelling of spellings) known.add(spelling);
    return node;
  };
  for (let node = learn(), at = 0; ; at++) {
    const next = node?.commands.find(({ word }) => word === own[at]);
    if (!next || next.path === path) break;
    path = next.path;
    node = learn();
  }
  return (
    path !== "codex" &&
    own.filter((word) => /^--?[a-z]/.test(word)).every((word) => known.has(word.split("=")[0] ?? ""))
  );
}

test("the page of the command line names each command", async () => {
  const page = texts.get("docs/cli.md") ?? "";
  const commands = tree.filter(({ path }) => path.split(" ").length === 2).map(({ path }) => basename(path.slice(6)));
  expect(commands.filter((name) => name !== "help" && !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});
