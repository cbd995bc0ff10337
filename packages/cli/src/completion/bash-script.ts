import { valueOptions, type CommandNode, type OptionNode } from "./command-tree.ts";

/** Works from bash 3.2 on, which macOS has. Where nothing of ours fits, bash completes file names. */
export const bashScript = (nodes: readonly CommandNode[]): string => `\
_codex() {
  local path=codex commands="" options="" i
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # bash takes --color=al for three words.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      --) return ;;
      ${valueOptions(nodes).flatMap(spellings).join("|")})
        [[ \${COMP_WORDS[i+1]} == "=" ]] && ((i++))
        ((i++)) ;;
      *)
        case "$path \${COMP_WORDS[i]}" in
${nodes.flatMap(steps).join("\n")}
        esac ;;
    esac
  done
  case "$previous" in
${valueOptions(nodes).map(values).join("\n")}
  esac
  case "$path" in
${nodes.map(words).join("\n")}
  esac
  [[ $current == -* ]] && commands=$options
  COMPREPLY=($(compgen -W "$commands" -- "$current"))
}
complete -o default -F _codex codex
`;

const spellings = (option: OptionNode): readonly string[] => option.spellings;

const steps = (node: CommandNode): string[] =>
  node.commands
    .filter((command) => command.path !== node.path)
    .map(({ word, path }) => `          "${node.path} ${word}") path="${path}" ;;`);

function values({ spellings, value }: OptionNode): string {
  const when = `    ${spellings.join("|")})`;
  if (value.type === "choice") {
    return `${when} COMPREPLY=($(compgen -W "${value.choices.join(" ")}" -- "$current")); return ;;`;
  }
  return value.type === "folder" ? `${when} COMPREPLY=($(compgen -d -- "$current")); return ;;` : `${when} return ;;`;
}

const words = ({ path, commands, options }: CommandNode): string =>
  `    "${path}") commands="${commands.map(({ word }) => word).join(" ")}" options="${options.flatMap(spellings).join(" ")}" ;;`;
