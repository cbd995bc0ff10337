import { basename, dirname, join } from "node:path";
import { readFrontMatter } from "./front-matter.ts";

/** How skill folders are read. They are data: nothing in them is run. */
export type SkillFiles = {
  readTextFile(path: string): Promise<string | undefined>;
  /** The names in a directory; empty where there is none. */
  listDirectory(path: string): Promise<readonly { name: string; isDirectory: boolean }[]>;
};

export type Skill = {
  readonly name: string;
  /** One line. */
  readonly description: string;
  /** Absolute path of the SKILL.md. */
  readonly path: string;
  /** Absolute; the root under which it was found. */
  readonly root: string;
  readonly scope: "user" | "repo";
  /** Listed for the model to choose by itself; false where only `$name` may call it. */
  readonly implicit: boolean;
  /** Of a project that is not trusted: it is used only where the user names it, and nothing of its own words is told before. */
  readonly onlyNamed?: boolean;
};

export type LoadedSkills = {
  readonly skills: Skill[];
  /** One sentence for each SKILL.md that was left out. */
  readonly warnings: string[];
};

type Root = Pick<Skill, "root" | "scope">;

/** Folders deeper than this below a root are not searched. */
const maxDepth = 6;

/**
 * The user's skills in `$CODEX_HOME/skills`, then those in `.agents/skills` of each of the project's directories, root
 * first. Directories whose names start with a dot are left out.
 */
export async function loadSkills(
  codexHome: string,
  projectDirectories: readonly string[],
  files: SkillFiles,
): Promise<LoadedSkills> {
  const roots: Root[] = [
    { root: join(codexHome, "skills"), scope: "user" },
    ...projectDirectories.map((directory) => ({ root: join(directory, ".agents/skills"), scope: "repo" as const })),
  ];
  const loaded: LoadedSkills = { skills: [], warnings: [] };
  for (const root of roots) {
    for (const path of await skillFiles(root.root, 0, files)) await loadSkill(path, root, files, loaded);
  }
  return loaded;
}

async function skillFiles(directory: string, depth: number, files: SkillFiles): Promise<string[]> {
  const found: string[] = [];
  const entries = await files.listDirectory(directory);
  for (const { name, isDirectory } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (name === "SKILL.md" && !isDirectory) found.push(join(directory, name));
    if (!isDirectory || name.startsWith(".") || depth === maxDepth) continue;
    found.push(...(await skillFiles(join(directory, name), depth + 1, files)));
  }
  return found;
}

async function loadSkill(path: string, root: Root, files: SkillFiles, into: LoadedSkills): Promise<void> {
  const front = readFrontMatter((await files.readTextFile(path)) ?? "");
  const description = front.ok ? oneLine(front.value["description"]) : "";
  if (front.ok && description !== "") {
    const name = oneLine(front.value["name"]) || basename(dirname(path));
    into.skills.push({ name, description, path, ...root, implicit: await allowsImplicit(path, files) });
    return;
  }
  into.warnings.push(`failed to load skill ${path}: ${front.ok ? "missing field `description`" : front.error}`);
}

const oneLine = (value: unknown): string => (typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "");

/** `agents/openai.yaml` beside a SKILL.md may keep it out of the list. */
async function allowsImplicit(path: string, files: SkillFiles): Promise<boolean> {
  const yaml = await files.readTextFile(join(dirname(path), "agents/openai.yaml"));
  return yaml === undefined || !/^\s+allow_?implicit_?invocation:\s*false\b/im.test(yaml);
}
