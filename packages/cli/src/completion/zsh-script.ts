import type { CommandNode, CommandWord, OptionNode } from "./command-tree.ts";

/** For a file `_codex` on `fpath`, or for `source <(codex completion zsh)` after `compinit`. One function a command. */
export const zshScript = (nodes: readonly CommandNode[]): string => `\
#compdef codex

${nodes.map(commandFunction).join("\n")}
if [[ $funcstack[1] == _codex ]]; then
  _codex "$@"
else
  compdef _codex codex
fi
`;

const functionName = (path: string): string => `_${path.replaceAll(" ", "__")}`;

function commandFunction({ path, commands, options }: CommandNode): string {
  const rest = commands.length === 0 ? ["'*: :_files'"] : ["'1: :->word'", "'*:: :->rest'"];
  const specs = [...options.map(optionSpec), ...rest].map((spec) => `    ${spec}`).join(" \\\n");
  const below = commands.filter((command) => command.path !== path && !isHelp(command));
  return `\
${functionName(path)}() {
  local curcontext=$curcontext state state_descr line ret=1
  typeset -A opt_args
  _arguments -s -S -C \\
${specs} && ret=0
  case $state in
    word)
      local -a words_of_command=(${commands.map(describedWord).join(" ")})
      { _describe command words_of_command || _files } && ret=0 ;;
    rest)
      case $line[1] in
${below.map(({ word, path: to }) => `        ${word}) ${functionName(to)} && ret=0 ;;`).join("\n")}
        *) _files && ret=0 ;;
      esac ;;
  esac
  return ret
}
`;
}

/** `help` leads nowhere: it has no options of its own. */
const isHelp = ({ word }: CommandWord): boolean => word === "help";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const describedWord = ({ word, summary }: CommandWord): string => quoted(`${word}:${summary}`);

/** `'*'{-s+,--sandbox=}'[summary]:value:(a b)'`: the star lets it come more than once, + and = let its value be attached. */
function optionSpec({ spellings: names, summary, value }: OptionNode): string {
  const attached = (name: string): string => `${name}${name.startsWith("--") ? "=" : "+"}`;
  const spellings = value.type === "none" ? names : names.map(attached);
  const written = spellings.length > 1 ? `{${spellings.join(",")}}` : (spellings[0] ?? "");
  const text = summary.replaceAll(/[\\[\]:]/g, "\\$&");
  const action = {
    none: "",
    text: ":value: ",
    file: ":file:_files",
    folder: ":folder:_files -/",
    choice: `:value:(${value.type === "choice" ? value.choices.join(" ") : ""})`,
  }[value.type];
  return `'*'${written}${quoted(`[${text}]${action}`)}`;
}
