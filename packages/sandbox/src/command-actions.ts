import { posix } from "node:path";
import type { CommandAction } from "@codex/protocol/items";
import { actionOfCommand, isFilter } from "./command-action.ts";
import { shellQuote } from "./shell-quote.ts";
import { splitShell, type SimpleCommand } from "./split-shell.ts";

/**
 * What a shell script does, for display: the files it reads, what it lists and searches. As soon as one command is not
 * understood, the whole script is one "unknown". Paths of reads count from where the script starts, `cd` included.
 */
export function commandActions(script: string): CommandAction[] {
  const commands = splitShell(script);
  const actions = commands === undefined ? undefined : actionsOf(commands);
  if (commands === undefined || actions === undefined) return [{ type: "unknown", command: script }];
  const [only] = actions;
  // Numbering and cutting one file is one act, and its lines are in the cutting.
  if (actions.length === 1 && only?.type === "read" && commands.some(isCutOfLines))
    return [{ ...only, command: script }];
  return actions;
}

/** Undefined where one of them is not understood. */
function actionsOf(commands: readonly SimpleCommand[]): CommandAction[] | undefined {
  const actions: CommandAction[] = [];
  let folder = "";
  for (const command of commands) {
    const target = folderOf(command);
    if (target !== undefined) folder = within(folder, target);
    if (target !== undefined || (commands.length > 1 && isAside(command))) continue;
    const action = actionOfCommand(command.words);
    if (action === undefined) return undefined;
    const shown = { ...action, command: shellQuote(command.words) };
    actions.push(shown.type === "read" ? { ...shown, path: within(folder, shown.path) } : shown);
  }
  return actions.filter((action, at) => JSON.stringify(action) !== JSON.stringify(actions[at - 1]));
}

/** Where `cd` goes; undefined for another command, and for `cd -` and the like. */
function folderOf({ words: [name, target, ...more] }: SimpleCommand): string | undefined {
  return name === "cd" && target !== undefined && !target.startsWith("-") && more.length === 0 ? target : undefined;
}

const within = (folder: string, path: string): string =>
  folder === "" || posix.isAbsolute(path) ? path : posix.join(folder, path);

/** Says nothing about what the script is for: an announcement, a shaping of the output, a `|| true`. */
function isAside({ after, words }: SimpleCommand): boolean {
  const [name] = words;
  if (name === "true" && words.length === 1) return true;
  return name === "echo" ? after === undefined : after === "|" && isFilter(words);
}

const isCutOfLines = ({ after, words: [name, option] }: SimpleCommand): boolean =>
  after === "|" && name === "sed" && option === "-n";
