import type { UserInput } from "@codex/protocol/items";
import type { MessageItem } from "@codex/protocol/responses";
import { contextMessage, textPart, type Stamp } from "./context-message.ts";
import type { Skill, SkillFiles } from "./load-skills.ts";

/**
 * The skills a prompt calls for: by an input of type "skill", or by `$name` in its text. Each once. Where two have one
 * name, the user's own goes before a repository's.
 */
export function mentionedSkills(input: readonly UserInput[], skills: readonly Skill[]): Skill[] {
  const found = new Set<Skill>();
  const add = (skill: Skill | undefined) => skill !== undefined && found.add(skill);
  for (const part of input) {
    if (part.type === "skill") add(skills.find((skill) => skill.path === part.path));
    if (part.type !== "text") continue;
    for (const [, name] of part.text.matchAll(/(?<![\w$])\$([\w:-]+)/g))
      add(skills.find((skill) => skill.name === name));
  }
  return [...found];
}

/** The user message that brings a skill's whole file, to stand after the prompt. A file that has vanished brings none. */
export async function skillMessage(
  skill: Skill,
  files: Pick<SkillFiles, "readTextFile">,
  stamp: Stamp,
): Promise<MessageItem | undefined> {
  const text = await files.readTextFile(skill.path);
  if (text === undefined) return undefined;
  const body = `<skill>\n<name>${skill.name}</name>\n<path>${skill.path}</path>\n${text}\n</skill>`;
  return contextMessage("user", [textPart("skills.selected_skill_instructions", body)], stamp);
}
