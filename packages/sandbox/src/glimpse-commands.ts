import { glimpseScript, type Glimpse } from "./glimpse-script.ts";
import { unwrapCommand, type Inner } from "./unwrap-command.ts";

const deepest = 8;
const longestScript = 65_536;

/**
 * A command and every other that it seems to run: through shells, wrappers such as `env` and `sudo`, substitutions. It may see
 * too much, and never claims to see all: fit to ask or to refuse by, never to allow.
 */
export function glimpseCommands(argv: readonly string[]): Glimpse {
  const commands: (readonly string[])[] = [];
  let tooDeep = false;
  const look = (words: readonly string[], depth: number): void => {
    commands.push(words);
    if (depth > deepest) tooDeep = true;
    else for (const inner of unwrapCommand(words)) for (const each of commandsOf(inner)) look(each, depth + 1);
  };
  const commandsOf = (inner: Inner): readonly (readonly string[])[] => {
    if (inner.kind === "words") return [inner.words];
    const seen = inner.script.length <= longestScript ? glimpseScript(inner.script) : undefined;
    tooDeep ||= seen?.tooDeep ?? true;
    return seen?.commands ?? [];
  };
  look(argv, 0);
  return { commands, tooDeep };
}
