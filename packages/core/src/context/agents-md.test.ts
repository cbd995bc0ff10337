import { expect, test } from "bun:test";
import { loadAgentsMd, type AgentsMdSettings } from "./agents-md.ts";
import { memoryFiles } from "./testing.ts";

const settings: AgentsMdSettings = {
  codexHome: "/home/.codex",
  cwd: "/w/sub/deep",
  rootMarkers: [".git"],
  fallbackNames: ["TEAM.md", "FALL.md"],
  maxBytes: 32768,
};
const load = (files: Record<string, string>, over: Partial<AgentsMdSettings> = {}) =>
  loadAgentsMd({ ...settings, ...over }, memoryFiles({ "/w/.git/HEAD": "", ...files }));

const advice =
  "Trim your project instructions to fit the budget. If you need to keep them all, increase `project_doc_max_bytes`.";

test("joins the global text and each directory's, root first", async () => {
  const loaded = await load({
    "/home/.codex/AGENTS.md": "\n Global \n\n",
    "/AGENTS.md": "above the root",
    "/w/AGENTS.md": "Root\n",
    "/w/sub/FALL.md": "Fallback\n",
    "/w/sub/deep/AGENTS.override.md": "Override",
    "/w/sub/deep/AGENTS.md": "hidden by the override",
  });
  expect(loaded).toEqual({
    instructions: {
      directory: "/w/sub/deep",
      text: "Global\n\n--- project-doc ---\n\nRoot\n\n\nFallback\n\n\nOverride",
    },
    sources: ["/home/.codex/AGENTS.md", "/w/AGENTS.md", "/w/sub/FALL.md", "/w/sub/deep/AGENTS.override.md"],
    warnings: [],
  });
});

test("a blank global override is skipped, a blank one of a directory hides its AGENTS.md", async () => {
  const loaded = await load({
    "/home/.codex/AGENTS.override.md": " \n",
    "/home/.codex/AGENTS.md": "Global",
    "/w/AGENTS.override.md": " \n",
    "/w/AGENTS.md": "Root",
  });
  expect(loaded).toEqual({ instructions: { text: "Global" }, sources: ["/home/.codex/AGENTS.md"], warnings: [] });
});

test("without a marker only the working directory counts", async () => {
  const loaded = await loadAgentsMd(settings, memoryFiles({ "/w/AGENTS.md": "Root", "/w/sub/deep/AGENTS.md": "Deep" }));
  expect(loaded.sources).toEqual(["/w/sub/deep/AGENTS.md"]);
});

test("cuts at a line's end, says so in the text, and names what was left out", async () => {
  const loaded = await load(
    { "/w/AGENTS.md": "one\ntwo\nthree\n", "/w/sub/AGENTS.md": "never read" },
    { maxBytes: 10 },
  );
  expect(loaded).toEqual({
    instructions: {
      directory: "/w/sub/deep",
      text: "one\ntwo\n\n[Cut here: 8 of the 14 bytes of /w/AGENTS.md are shown. Read the file where the rest matters.]\n",
    },
    sources: ["/w/AGENTS.md"],
    warnings: [
      `Loaded only 8 of 14 bytes from \`/w/AGENTS.md\` in environment \`local\` under the 10-byte project instruction budget. ${advice}`,
      `Skipped project instructions in environment \`local\` starting at \`/w/sub/AGENTS.md\` because the 10-byte budget was exhausted. ${advice}`,
    ],
  });
});

test("the global text costs nothing, but the sum is told", async () => {
  const loaded = await load({ "/home/.codex/AGENTS.md": "Global", "/w/AGENTS.md": "Root" }, { maxBytes: 4 });
  expect(loaded.warnings).toEqual([
    "Combined user instructions use 33 bytes, above the 4-byte `project_doc_max_bytes` setting. The total includes global and thread instructions. The limit applies only to project files.",
  ]);
  expect(loaded.instructions?.text).toBe("Global\n\n--- project-doc ---\n\nRoot");
});

test("a budget of 0 reads no project file", async () => {
  expect(await load({ "/w/AGENTS.md": "Root" }, { maxBytes: 0 })).toEqual({ sources: [], warnings: [] });
});
