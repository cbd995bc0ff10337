import { Language, type Node, Parser } from "web-tree-sitter";
import type { Connector, SimpleCommand } from "./split-shell.ts";

/** What tree-sitter's grammar of bash makes of a script: plain commands, or the first thing in it that is more than that. */
export type GrammarReading =
  | { readonly plain: true; readonly commands: readonly SimpleCommand[] }
  | { readonly plain: false; readonly because: string };

export type ReadByGrammar = (script: string, options?: { readonly muted: boolean }) => GrammarReading;

/** Opens the grammar (WebAssembly, no native code); the parser is kept for the life of the process. */
export async function openGrammar(): Promise<ReadByGrammar> {
  await Parser.init();
  const wasm = Bun.fileURLToPath(import.meta.resolve("tree-sitter-bash/tree-sitter-bash.wasm"));
  const parser = new Parser().setLanguage(await Language.load(wasm));
  return (script, { muted } = { muted: false }) => {
    const tree = parser.parse(script);
    if (tree === null) return { plain: false, because: "not parsed" };
    try {
      return readTree(tree.rootNode, muted);
    } finally {
      tree.delete();
    }
  };
}

class NotPlain extends Error {}

function notPlain(node: Node): never {
  throw new NotPlain(`${node.type}: ${JSON.stringify(node.text)}`);
}

function readTree(root: Node, muted: boolean): GrammarReading {
  const commands: { after: Connector | undefined; words: string[] }[] = [];
  let after: Connector | undefined;
  /** Groups that may hold commands; anything else is more than plain. */
  const read = (node: Node): void => {
    if (node.isError || node.isMissing) notPlain(node);
    if (node.type === "command") {
      commands.push({ after: commands.length === 0 ? undefined : (after ?? ";"), words: wordsOf(node, muted) });
      after = undefined;
    } else if (["program", "list", "pipeline"].includes(node.type)) node.children.forEach(read);
    else if (node.type === "redirected_statement" && muted) node.children.forEach(read);
    else if (node.type === "file_redirect" && muted) commands.at(-1)?.words.push(...behindMuted(node));
    else if (node.type === "&&" || node.type === "||" || node.type === "|") after = node.type;
    else if (node.type !== ";" && node.type !== "\n") notPlain(node);
  };
  try {
    if (root.hasError) return { plain: false, because: "a syntax error" };
    read(root);
    return { plain: true, commands };
  } catch (error) {
    if (error instanceof NotPlain) return { plain: false, because: error.message };
    throw error;
  }
}

function wordsOf(command: Node, muted: boolean): string[] {
  return command.children.flatMap((node) => {
    if (node.type === "file_redirect" && muted) return behindMuted(node);
    return [textOf(node.type === "command_name" ? only(node) : node)];
  });
}

function only(node: Node): Node {
  const [child, ...more] = node.children;
  return child === undefined || more.length > 0 ? notPlain(node) : child;
}

/** The literal text of a word. */
function textOf(node: Node): string {
  switch (node.type) {
    case "word":
    case "number":
      return node.childCount > 0 || /[\\*?[~{}$`]/.test(node.text) ? notPlain(node) : node.text;
    case "raw_string":
      return node.text.slice(1, -1);
    case "string":
      if (node.namedChildren.some(({ type, text }) => type !== "string_content" || text.includes("\\"))) notPlain(node);
      return node.text.slice(1, -1);
    case "concatenation":
      return node.children.map(textOf).join("");
    default:
      return notPlain(node);
  }
}

/**
 * A redirection must lead to /dev/null, or one output to the other. The grammar takes the words behind its target for further
 * targets; POSIX.1-2024 2.9.1 has them as words of the command.
 */
function behindMuted(redirect: Node): string[] {
  const isTarget = (node: Node): boolean =>
    redirect.childrenForFieldName("destination").some(({ id }) => id === node.id);
  const [target, ...rest] = redirect.children.filter(isTarget);
  const before = redirect.children.filter((node) => !isTarget(node)).map(({ text }) => text);
  const kind = [...before, target?.text].join(" ");
  if (!/^([12] )?>>? \/dev\/null$|^(&>>?|<) \/dev\/null$|^([12] )?>& [12]$/.test(kind)) notPlain(redirect);
  return rest.map(textOf);
}
