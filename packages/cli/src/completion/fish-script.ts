import { valueOptions, type CommandNode, type CommandWord, type OptionNode } from "./command-tree.ts";

/** A function finds the command that the line is at; every rule asks it. */
export const fishScript = (nodes: readonly CommandNode[]): string => `\
function __codex_command
    set -l path codex
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch $word
            case ${valueOptions(nodes)
              .flatMap(({ spellings }) => spellings)
              .join(" ")}
                set skip yes
            case '*'
                switch "$path $word"
${nodes.flatMap(steps).join("\n")}
                end
        end
    end
    echo $path
end

${nodes.flatMap(rules).join("\n")}
`;

const steps = (node: CommandNode): string[] =>
  node.commands
    .filter((command) => command.path !== node.path)
    .flatMap(({ word, path }) => [
      `                    case '${node.path} ${word}'`,
      `                        set path '${path}'`,
    ]);

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function rules({ path, commands, options }: CommandNode): string[] {
  const rule = `complete -c codex -n 'test (__codex_command) = "${path}"'`;
  return [
    ...commands.map((command) => `${rule} ${wordRule(command)}`),
    ...options.map((option) => `${rule} ${optionRule(option)}`),
  ];
}

const wordRule = ({ word, summary }: CommandWord): string => `-a ${quoted(word)} -d ${quoted(summary)}`;

function optionRule({ spellings, summary, value }: OptionNode): string {
  const names = spellings.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const argument = {
    none: "",
    text: " -x",
    file: " -r -F",
    folder: " -x -a '(__fish_complete_directories)'",
    choice: ` -x -a ${quoted(value.type === "choice" ? value.choices.join(" ") : "")}`,
  }[value.type];
  return `${names.join(" ")}${argument} -d ${quoted(summary)}`;
}
