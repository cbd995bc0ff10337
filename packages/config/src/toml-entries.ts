import { parseTOML, type AST } from "toml-eslint-parser";

/** Half-open range of UTF-16 offsets in the text. */
export type Span = readonly [start: number, end: number];

/** One thing the text says, with its whole path from the root; indexes stand for places in arrays. */
export type TomlEntry = {
  readonly path: readonly (string | number)[];
  /** The spans of the key's own segments; those of the path's end. */
  readonly keys: readonly Span[];
} & (
  | { readonly kind: "header"; readonly array: boolean; readonly span: Span }
  | {
      readonly kind: "value";
      readonly span: Span;
      readonly value: AST.TOMLContentNode;
      readonly inside: "table" | "inline";
    }
);

/** Every header and key of a document in order of text, inline tables and arrays of them included. Throws on bad TOML. */
export function tomlEntries(text: string): TomlEntry[] {
  const entries: TomlEntry[] = [];
  for (const node of parseTOML(text).body[0].body) {
    if (node.type === "TOMLKeyValue") addKeyValue(node, [], "table", entries);
    else addTable(text, node, entries);
  }
  return entries;
}

function addTable(text: string, node: AST.TOMLTable, entries: TomlEntry[]): void {
  const array = node.kind === "array";
  const close = text.indexOf("]", node.key.range[1]) + (array ? 2 : 1);
  entries.push({ kind: "header", path: node.resolvedKey, keys: spans(node.key), array, span: [node.range[0], close] });
  for (const child of node.body) addKeyValue(child, node.resolvedKey, "table", entries);
}

function addKeyValue(
  node: AST.TOMLKeyValue,
  parent: readonly (string | number)[],
  inside: "table" | "inline",
  entries: TomlEntry[],
): void {
  const path = [...parent, ...node.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value))];
  entries.push({ kind: "value", path, keys: spans(node.key), span: node.range, value: node.value, inside });
  addInside(node.value, path, entries);
}

function addInside(value: AST.TOMLContentNode, path: readonly (string | number)[], entries: TomlEntry[]): void {
  if (value.type === "TOMLInlineTable") {
    for (const child of value.body) addKeyValue(child, path, "inline", entries);
  } else if (value.type === "TOMLArray") {
    for (const [index, element] of value.elements.entries()) addInside(element, [...path, index], entries);
  }
}

const spans = (key: AST.TOMLKey): Span[] => key.keys.map((part) => part.range);

export const startsWith = (path: readonly (string | number)[], prefix: readonly (string | number)[]): boolean =>
  prefix.length <= path.length && prefix.every((key, index) => path[index] === key);

export const samePath = (a: readonly (string | number)[], b: readonly (string | number)[]): boolean =>
  a.length === b.length && startsWith(a, b);
