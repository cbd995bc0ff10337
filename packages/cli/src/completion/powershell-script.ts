import { valueOptions, type CommandNode } from "./command-tree.ts";

/** For Windows PowerShell 5.1 and later. Its tables do not tell -c from -C, so case-sensitive switches stand in for them. */
export const powershellScript = (nodes: readonly CommandNode[]): string => `\
Register-ArgumentCompleter -Native -CommandName 'codex' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $path = 'codex'
    $values = $null
    foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
        # The word under the cursor is what is being completed.
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        if ($null -ne $values) { $values = $null; continue }
        $word = $element.Extent.Text
        switch -CaseSensitive -Exact ($word) {
${valueOptions(nodes).flatMap(values).join("\n")}
        }
        switch -CaseSensitive -Exact ("$path $word") {
${nodes.flatMap(steps).join("\n")}
        }
    }
    $offers = @(
        if ($null -ne $values) {
            $values | ForEach-Object { ,@($_, $_) }
        } else {
            switch -CaseSensitive -Exact ($path) {
${nodes.map(offers).join("\n")}
            }
        }
    )
    $offers | Where-Object { $_[0] -clike "$wordToComplete*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
    }
}
`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** An empty list leaves the rest to PowerShell, which offers files. */
const values = ({ spellings, value }: ReturnType<typeof valueOptions>[number]): string[] =>
  spellings.map((name) => {
    const known = value.type === "choice" ? value.choices.map(quoted).join(", ") : "";
    return `            ${quoted(name)} { $values = @(${known}) }`;
  });

const steps = (node: CommandNode): string[] =>
  node.commands
    .filter((command) => command.path !== node.path)
    .map(({ word, path }) => `            ${quoted(`${node.path} ${word}`)} { $path = ${quoted(path)}; break }`);

function offers({ path, commands, options }: CommandNode): string {
  const pairs = [
    ...commands.map(({ word, summary }) => [word, summary] as const),
    ...options.flatMap(({ spellings, summary }) => spellings.map((name) => [name, summary] as const)),
  ];
  // A tooltip may not be empty.
  const lines = pairs.map(([word, summary]) => `                    ,@(${quoted(word)}, ${quoted(summary || word)})`);
  return `                ${quoted(path)} {\n${lines.join("\n")}\n                }`;
}
