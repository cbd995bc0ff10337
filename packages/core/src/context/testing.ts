import type { Stamp } from "./context-message.ts";
import type { ContextFacts } from "./world-state.ts";

/** For tests: ids that count up, and a clock that stands still. */
export function countingStamp(turnId = "turn-1"): Stamp {
  let count = 0;
  return { turnId, now: () => 1_000_500, newId: () => `${++count}` };
}

/** For tests: a thread in /w that may only read. */
export const readOnlyFacts: ContextFacts = {
  model: "gpt-5.5",
  baseInstructions: "Base.",
  cwd: "/w",
  shell: "bash",
  currentDate: "2026-11-21",
  timezone: "Etc/UTC",
  policy: { type: "readOnly", networkAccess: false },
  approval: "never",
  workspaceRoots: ["/w"],
};

/** For tests: files by path, and the directories that lead to them. */
export function memoryFiles(files: Record<string, string>) {
  const paths = Object.keys(files);
  return {
    readTextFile: async (path: string) => files[path],
    exists: async (path: string) => paths.some((file) => file === path || file.startsWith(`${path}/`)),
    listDirectory: async (path: string) => {
      const names = paths.filter((file) => file.startsWith(`${path}/`)).map((file) => file.slice(path.length + 1));
      const entries = names.map((name): [string, boolean] => [name.split("/")[0] ?? "", name.includes("/")]);
      return [...new Map(entries)].map(([name, isDirectory]) => ({ name, isDirectory }));
    },
  };
}
