import { expect, test } from "bun:test";
import type { UserInput } from "@codex/protocol/items";
import { loadSkills } from "./load-skills.ts";
import { mentionedSkills, skillMessage } from "./mentioned-skills.ts";
import { skillsInstructions, skillsListing } from "./skills-instructions.ts";
import { countingStamp, memoryFiles } from "./testing.ts";

const files = memoryFiles({
  "/home/skills/foo/SKILL.md": "---\nname: foo\ndescription: Does foo\n---\nBody\n",
  "/home/skills/.system/hidden/SKILL.md": "---\nname: hidden\ndescription: Hidden\n---\n",
  "/w/.agents/skills/bar/SKILL.md": '---\r\nname: "bar"\r\ndescription: >\r\n  Folded\r\n  text\r\n---\r\n',
  "/w/.agents/skills/bad/SKILL.md": "no front matter",
  "/w/.agents/skills/mute/SKILL.md": "---\nname: mute\n---\n",
  "/w/.agents/skills/foo/SKILL.md": "---\nname: foo\ndescription: The repository's\n---\n",
  "/w/sub/.agents/skills/a/deeper/SKILL.md": "---\ndescription: 'It''s nameless'\n---\n",
  "/w/sub/.agents/skills/quiet/SKILL.md": "---\nname: quiet\ndescription: Only by name\n---\n",
  "/w/sub/.agents/skills/quiet/agents/openai.yaml": "policy:\n  allow_implicit_invocation: false\n",
});
const loaded = await loadSkills("/home", ["/w", "/w/sub"], files);

test("reads names and descriptions, and tells why a file was left out", () => {
  expect(
    loaded.skills.map(({ name, description, path, scope, implicit }) => [name, description, path, scope, implicit]),
  ).toEqual([
    ["foo", "Does foo", "/home/skills/foo/SKILL.md", "user", true],
    ["bar", "Folded text", "/w/.agents/skills/bar/SKILL.md", "repo", true],
    ["foo", "The repository's", "/w/.agents/skills/foo/SKILL.md", "repo", true],
    ["deeper", "It's nameless", "/w/sub/.agents/skills/a/deeper/SKILL.md", "repo", true],
    ["quiet", "Only by name", "/w/sub/.agents/skills/quiet/SKILL.md", "repo", false],
  ]);
  expect(loaded.warnings).toEqual([
    "failed to load skill /w/.agents/skills/bad/SKILL.md: missing YAML frontmatter delimited by ---",
    "failed to load skill /w/.agents/skills/mute/SKILL.md: missing field `description`",
  ]);
});

test("lists them by name under the aliases of their roots", () => {
  const listing = skillsListing(loaded.skills) ?? "";
  expect(listing.split("\n").slice(2)).toEqual([
    "### Skill roots",
    "- `r0` = `/home/skills`",
    "- `r1` = `/w/.agents/skills`",
    "- `r2` = `/w/sub/.agents/skills`",
    "### Available skills",
    "- bar: Folded text (file: r1/bar/SKILL.md)",
    "- deeper: It's nameless (file: r2/a/deeper/SKILL.md)",
    "- foo: Does foo (file: r0/foo/SKILL.md)",
    "- foo: The repository's (file: r1/foo/SKILL.md)",
  ]);
  expect(skillsInstructions(listing)).toStartWith(`<skills_instructions>\n${listing}\n### How to use skills\n`);
});

test("no skills, no list", () => {
  expect(skillsListing([])).toBeUndefined();
});

test("a mention finds each skill once, the user's own first", () => {
  const [foo, , , , quiet] = loaded.skills;
  const text = (text: string): UserInput => ({ type: "text", text });
  const byPath: UserInput = { type: "skill", name: "quiet", path: "/w/sub/.agents/skills/quiet/SKILL.md" };
  expect(mentionedSkills([text("use $foo, $foo and $nope for 5$bar"), byPath], loaded.skills)).toEqual(
    [foo, quiet].filter((skill) => skill !== undefined),
  );
});

test("a skill's message carries the whole file", async () => {
  const [foo] = loaded.skills;
  if (foo === undefined) throw new Error("foo was not loaded");
  const message = await skillMessage(foo, files, countingStamp());
  expect(message?.content).toEqual([
    {
      type: "input_text",
      text: "<skill>\n<name>foo</name>\n<path>/home/skills/foo/SKILL.md</path>\n---\nname: foo\ndescription: Does foo\n---\nBody\n\n</skill>",
    },
  ]);
  expect(await skillMessage(foo, memoryFiles({}), countingStamp())).toBeUndefined();
});
