import { dirname, join } from "node:path";
import type { AgentsMdState } from "./agents-md-text.ts";
import { fitLines } from "./fit-lines.ts";

/** How the files are read. They are data: nothing in them is run or expanded. */
export type AgentsMdFiles = {
  /** The text of a regular file; undefined where there is none that can be read. */
  readTextFile(path: string): Promise<string | undefined>;
  /** Whether anything, file or directory, has this path. */
  exists(path: string): Promise<boolean>;
};

export type AgentsMdSettings = {
  /** Absolute. */
  readonly codexHome: string;
  /** Absolute. */
  readonly cwd: string;
  /** Names that mark a project's root, `project_root_markers`. */
  readonly rootMarkers: readonly string[];
  /** Names to try where a directory has no AGENTS.md, `project_doc_fallback_filenames`. */
  readonly fallbackNames: readonly string[];
  /** Budget in bytes of all project files together, `project_doc_max_bytes`; 0 reads none. The global file is free. */
  readonly maxBytes: number;
};

export type AgentsMd = {
  readonly instructions?: AgentsMdState;
  /** Paths of the files that gave text, in its order. */
  readonly sources: string[];
  /** Sentences for the user about what did not fit. */
  readonly warnings: string[];
};

/** `note` tells of a cut; it costs nothing of the budget. */
type Doc = { readonly path: string; readonly text: string; readonly note?: string };

const names = ["AGENTS.override.md", "AGENTS.md"];
const separator = "\n\n--- project-doc ---\n\n";

/** Reads the user's global instructions and the project's, from its root down to `cwd`. Source: the original 0.169.0. */
export async function loadAgentsMd(settings: AgentsMdSettings, files: AgentsMdFiles): Promise<AgentsMd> {
  const global = await globalDoc(settings.codexHome, files);
  const found = settings.maxBytes === 0 ? [] : await projectDocs(settings, files);
  const { docs, warnings } = fitBudget(found, settings.maxBytes);
  if (global === undefined && docs.length === 0) return { sources: [], warnings };
  const text = combine(
    global,
    docs.map((doc) => doc.text + (doc.note ?? "")),
  );
  return {
    instructions: docs.length === 0 ? { text } : { directory: settings.cwd, text },
    sources: [...(global === undefined ? [] : [global]), ...docs].map((doc) => doc.path),
    warnings: [...warnings, ...combinedWarning(global, docs, settings.maxBytes)],
  };
}

const combine = (global: Doc | undefined, project: readonly string[]): string =>
  [...(global === undefined ? [] : [global.text]), ...(project.length === 0 ? [] : [project.join("\n\n")])].join(
    separator,
  );

/** The first that is not blank. */
async function globalDoc(codexHome: string, files: AgentsMdFiles): Promise<Doc | undefined> {
  for (const name of names) {
    const path = join(codexHome, name);
    const text = (await files.readTextFile(path))?.trim();
    if (text !== undefined && text !== "") return { path, text };
  }
  return undefined;
}

/** Of each directory the first name that exists; a blank one counts as found but says nothing. */
async function projectDocs(settings: AgentsMdSettings, files: AgentsMdFiles): Promise<Doc[]> {
  const docs: Doc[] = [];
  for (const directory of await projectDirectories(settings, files)) {
    const doc = await firstDoc(directory, [...names, ...settings.fallbackNames], files);
    if (doc !== undefined && doc.text.trim() !== "") docs.push(doc);
  }
  return docs;
}

async function firstDoc(directory: string, names: string[], files: AgentsMdFiles): Promise<Doc | undefined> {
  for (const name of names) {
    const path = join(directory, name);
    const text = await files.readTextFile(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

/** The directories from the project's root (the nearest with a marker) down to `cwd`; `cwd` alone without a root. */
export async function projectDirectories(
  { cwd, rootMarkers }: Pick<AgentsMdSettings, "cwd" | "rootMarkers">,
  { exists }: Pick<AgentsMdFiles, "exists">,
): Promise<string[]> {
  const upward: string[] = [];
  for (let directory = cwd; ; directory = dirname(directory)) {
    upward.push(directory);
    for (const marker of rootMarkers) if (await exists(join(directory, marker))) return upward.toReversed();
    if (directory === dirname(directory)) return [cwd];
  }
}

function fitBudget(found: readonly Doc[], maxBytes: number): { docs: Doc[]; warnings: string[] } {
  const docs: Doc[] = [];
  let room = maxBytes;
  for (const [index, doc] of found.entries()) {
    const size = Buffer.byteLength(doc.text);
    if (room === 0) return { docs, warnings: [skippedWarning(doc.path, maxBytes)] };
    if (size > room) {
      const kept = fitLines(doc.text, room);
      const next = found[index + 1];
      docs.push({ path: doc.path, text: kept, note: cutNote(Buffer.byteLength(kept), size, doc.path) });
      return {
        docs,
        warnings: [
          cutWarning(Buffer.byteLength(kept), size, doc.path, maxBytes),
          ...(next === undefined ? [] : [skippedWarning(next.path, maxBytes)]),
        ],
      };
    }
    docs.push(doc);
    room -= size;
  }
  return { docs, warnings: [] };
}

/** Told to the model too: otherwise it takes the part for the whole. */
const cutNote = (kept: number, size: number, path: string): string =>
  `\n[Cut here: ${kept} of the ${size} bytes of ${path} are shown. Read the file where the rest matters.]\n`;

const advice =
  "Trim your project instructions to fit the budget. If you need to keep them all, increase `project_doc_max_bytes`.";
const cutWarning = (kept: number, size: number, path: string, budget: number): string =>
  `Loaded only ${kept} of ${size} bytes from \`${path}\` in environment \`local\` under the ${budget}-byte project instruction budget. ${advice}`;
const skippedWarning = (path: string, budget: number): string =>
  `Skipped project instructions in environment \`local\` starting at \`${path}\` because the ${budget}-byte budget was exhausted. ${advice}`;

function combinedWarning(global: Doc | undefined, docs: readonly Doc[], budget: number): string[] {
  const text = combine(
    global,
    docs.map((doc) => doc.text),
  );
  const size = Buffer.byteLength(text);
  if (docs.length === 0 || size <= budget) return [];
  return [
    `Combined user instructions use ${size} bytes, above the ${budget}-byte \`project_doc_max_bytes\` setting. The total includes global and thread instructions. The limit applies only to project files.`,
  ];
}
