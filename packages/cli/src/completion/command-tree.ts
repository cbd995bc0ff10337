import type { Command, Option } from "commander";

/** A command as a shell completes it. */
export type CommandNode = {
  /** `codex exec resume`: by names, whatever alias was written. */
  readonly path: string;
  readonly commands: readonly CommandWord[];
  readonly options: readonly OptionNode[];
};

/** A word that may follow a command: a command of its own, or a value of its first argument. */
export type CommandWord = { readonly word: string; readonly summary: string; readonly path: string };

/** An option. One spelling means the same in every command that has it, so that its values need no command to be known. */
export type OptionNode = {
  /** `["-s", "--sandbox"]`. */
  readonly spellings: readonly string[];
  readonly summary: string;
  readonly value: OptionValue;
};

export type OptionValue =
  | { readonly type: "none" | "text" | "file" | "folder" }
  | { readonly type: "choice"; readonly choices: readonly string[] };

/** Every command of the tree, parents first. What the help hides is left out. */
export function commandTree(root: Command, path = root.name()): CommandNode[] {
  const help = root.createHelp();
  const children = help.visibleCommands(root);
  const node = {
    path,
    commands: [...children.flatMap((child) => words(child, path)), ...argumentChoices(root, path)],
    options: help.visibleOptions(root).map(optionNode),
  };
  const below = children.filter((child) => root.commands.includes(child));
  return [node, ...below.flatMap((child) => commandTree(child, `${path} ${child.name()}`))];
}

const words = (child: Command, parent: string): CommandWord[] =>
  [child.name(), ...child.aliases()].map((word) => ({
    word,
    summary: child.description(),
    path: `${parent} ${child.name()}`,
  }));

/** A value stays at the command it belongs to. */
const argumentChoices = (command: Command, path: string): CommandWord[] =>
  (command.registeredArguments[0]?.argChoices ?? []).map((word) => ({ word, summary: "", path }));

const optionNode = (option: Option): OptionNode => ({
  spellings: [option.short, option.long].filter((spelling) => spelling !== undefined),
  summary: option.description,
  value: valueOf(option),
});

/** The placeholder tells files and folders: `--cd <dir>`, `--image <file...>`. */
function valueOf({ flags, argChoices }: Option): OptionValue {
  const placeholder = /<([\w=]+)/.exec(flags)?.[1];
  if (placeholder === undefined) return { type: "none" };
  if (argChoices !== undefined) return { type: "choice", choices: argChoices };
  if (placeholder === "file") return { type: "file" };
  return { type: placeholder === "dir" ? "folder" : "text" };
}

/** Every option with a value, each once: what a completer steps over, and whose values it offers. */
export function valueOptions(nodes: readonly CommandNode[]): OptionNode[] {
  const withValue = nodes.flatMap((node) => node.options).filter((option) => option.value.type !== "none");
  return [...new Map(withValue.map((option) => [option.spellings.join(" "), option])).values()];
}
