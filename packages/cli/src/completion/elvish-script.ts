import { valueOptions, type CommandNode } from "./command-tree.ts";

/** For `eval (codex completion elvish | slurp)` in rc.elv. */
export const elvishScript = (nodes: readonly CommandNode[]): string => `\
set edit:completion:arg-completer[codex] = {|@words|
    var next = [${nodes.flatMap(steps).join(" ")}]
    var values = [${valueOptions(nodes).flatMap(values).join(" ")}]
    var offers = [
${nodes.map(offers).join("\n")}
    ]
    var path = codex
    var previous = ''
    for word $words[1..-1] {
        if (and (not-eq $previous '') (has-key $values $previous)) {
            set previous = ''
            continue
        }
        set previous = $word
        if (has-key $next $path' '$word) {
            set path = $next[$path' '$word]
        }
    }
    if (and (not-eq $previous '') (has-key $values $previous)) {
        if (eq $values[$previous] []) {
            edit:complete-filename $words[-1]
        } else {
            all $values[$previous]
        }
    } else {
        for offer $offers[$path] {
            edit:complex-candidate $offer[0] &display=$offer[0]'  '$offer[1]
        }
    }
}
`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const steps = (node: CommandNode): string[] =>
  node.commands
    .filter((command) => command.path !== node.path)
    .map(({ word, path }) => `&${quoted(`${node.path} ${word}`)}=${quoted(path)}`);

/** An option whose values are not known has none in its list: files are offered then. */
const values = ({ spellings, value }: ReturnType<typeof valueOptions>[number]): string[] =>
  spellings.map((name) => `&${quoted(name)}=[${value.type === "choice" ? value.choices.map(quoted).join(" ") : ""}]`);

function offers({ path, commands, options }: CommandNode): string {
  const pairs = [
    ...commands.map(({ word, summary }) => [word, summary] as const),
    ...options.flatMap(({ spellings, summary }) => spellings.map((name) => [name, summary] as const)),
  ];
  const list = pairs.map(([word, summary]) => `[${quoted(word)} ${quoted(summary)}]`).join(" ");
  return `        &${quoted(path)}=[${list}]`;
}
