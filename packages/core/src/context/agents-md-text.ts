/** Instructions from AGENTS.md files; without `directory` where they are the user's own global ones, empty where none. */
export type AgentsMdState = { directory?: string; text?: string };

/** The user part that carries what AGENTS.md files say. */
export const agentsMdText = ({ directory, text = "" }: AgentsMdState): string => wrap(directory, text);

/** The same on a later turn, after the files (or the directory) changed; says so when none is left. */
export function agentsMdChange({ directory, text }: AgentsMdState): string {
  if (text === undefined) return wrap(undefined, "No AGENTS.md applies any more: disregard those given before.");
  return wrap(directory, `What follows takes the place of all AGENTS.md instructions given before.\n\n${text}`);
}

const wrap = (directory: string | undefined, text: string): string =>
  `# AGENTS.md instructions${directory === undefined ? "" : ` for ${directory}`}\n\n<INSTRUCTIONS>\n${text}\n</INSTRUCTIONS>`;
