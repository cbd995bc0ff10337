/** What can be seen. `tooDeep`: it is nested so deeply that we stopped looking. */
export type Glimpse = { readonly commands: readonly (readonly string[])[]; readonly tooDeep: boolean };

/**
 * Every command that a script seems to hold, wherever it stands: in substitutions, groups, loops, branches. It guesses where a
 * shell's grammar would be needed, so it may see too much or misread a word, and what it does not see may be there all the
 * same: fit to make us more careful, never to allow anything.
 */
export function glimpseScript(script: string): Glimpse {
  const reader: Reader = { script, at: 0, commands: [], tooDeep: false };
  readCommands(reader, undefined, 0);
  return reader;
}

/** A place in a script, and what has been seen before it. */
type Reader = { readonly script: string; at: number; readonly commands: string[][]; tooDeep: boolean };

type Closing = ")" | "`" | undefined;

/** Substitutions in each other. */
const deepest = 40;

/** The command that is being read. */
type Line = {
  words: string[];
  /** As far as it has been read. */
  word: string | undefined;
  /** Part of the word is quoted. */
  quoted: boolean;
  /** What the next word is: the command's own, a redirection's, or the end of a here-document. */
  next: "own" | "target" | "delimiter";
  documents: { readonly delimiter: string; readonly quoted: boolean }[];
  readonly depth: number;
};

/** Reads up to the closing character, or to the end. */
function readCommands(reader: Reader, closing: Closing, depth: number): void {
  const line: Line = { words: [], word: undefined, quoted: false, next: "own", documents: [], depth };
  while (reader.at < reader.script.length) {
    if (closing !== undefined && reader.script[reader.at] === closing) {
      reader.at += 1;
      break;
    }
    for (const [pattern, act] of steps) {
      pattern.lastIndex = reader.at;
      const found = pattern.exec(reader.script);
      if (found === null || (pattern === comment && line.word !== undefined)) continue;
      reader.at = pattern.lastIndex;
      act(reader, line, found[1] ?? found[0]);
      break;
    }
  }
  endCommand(reader, line);
}

type Step = readonly [RegExp, (reader: Reader, line: Line, text: string) => void];

const comment = /#[^\n]*/y;

/** What a piece of a script does, the first that fits. */
const steps: readonly Step[] = [
  [/\\\n/y, () => undefined],
  [/\\([^])?/y, (_reader, line, text) => add(line, text, true)],
  [/'([^']*)'?/y, (_reader, line, text) => add(line, text, true)],
  [/"/y, readQuoted],
  [/\$\(|[<>]\(/y, (reader, line) => readNested(reader, line, ")")],
  [/`/y, (reader, line) => readNested(reader, line, "`")],
  // A blank by another name.
  [/\$IFS|\$\{IFS[^}]*\}?/y, (_reader, line) => endWord(line)],
  [/\$(?=['"])/y, () => undefined],
  [comment, () => undefined],
  [/<<</y, (_reader, line) => redirect(line, "target")],
  [/<<-?/y, (_reader, line) => redirect(line, "delimiter")],
  [/&>>?|>>|>\||[<>]&?/y, (_reader, line) => redirect(line, "target")],
  [/\n/y, endLine],
  [/[;|&()]/y, endCommand],
  [/\s/y, (_reader, line) => endWord(line)],
  [/[^]/y, (_reader, line, text) => add(line, text, false)],
];

function add(line: Line, text: string, quoted: boolean): void {
  line.word = (line.word ?? "") + text;
  line.quoted ||= quoted;
}

function endWord(line: Line): void {
  const { word, quoted, next } = line;
  if (word === undefined) return;
  if (next === "own") line.words.push(word);
  if (next === "delimiter") line.documents.push({ delimiter: word, quoted });
  Object.assign(line, { word: undefined, quoted: false, next: "own" });
}

/** A number right before it belongs to it. */
function redirect(line: Line, next: "target" | "delimiter"): void {
  if (line.word !== undefined && /^\d+$/.test(line.word)) line.word = undefined;
  endWord(line);
  line.next = next;
}

function endCommand(reader: Reader, line: Line): void {
  endWord(line);
  const command = withoutPrefix(line.words);
  if (command.length > 0) reader.commands.push(command);
  Object.assign(line, { words: [], next: "own" });
}

const reserved = new Set(
  "! { } [[ case coproc do done elif else esac fi for function if in select then time until while".split(" "),
);

/** Without the reserved words and assignments that may stand before a command. */
function withoutPrefix(words: readonly string[]): string[] {
  const from = words.findIndex((word) => !reserved.has(word) && !/^[A-Za-z_]\w*\+?=/.test(word));
  return from === -1 ? [] : words.slice(from);
}

function readNested(reader: Reader, line: Line, closing: Closing): void {
  add(line, "", true);
  if (line.depth < deepest) readCommands(reader, closing, line.depth + 1);
  else {
    reader.tooDeep = true;
    reader.at = reader.script.length;
  }
}

const plainlyQuoted = /(?:[^"\\`$]|\\[^]|\$(?!\())+/y;

/** In double quotes only substitutions and escapes are special. */
function readQuoted(reader: Reader, line: Line): void {
  add(line, "", true);
  while (reader.at < reader.script.length) {
    plainlyQuoted.lastIndex = reader.at;
    const text = plainlyQuoted.exec(reader.script)?.[0];
    if (text !== undefined) {
      add(line, text.replaceAll(/\\([^])/g, "$1"), true);
      reader.at += text.length;
    } else if (reader.script[reader.at] === '"') {
      reader.at += 1;
      return;
    } else {
      const isTick = reader.script[reader.at] === "`";
      reader.at += isTick ? 1 : 2;
      readNested(reader, line, isTick ? "`" : ")");
    }
  }
}

/** Here-documents begin after the line that names them. One that a shell reads is a script, another may have substitutions. */
function endLine(reader: Reader, line: Line): void {
  endWord(line);
  const isScript = /(^|\/)(ba|z|da|k)?sh$/.test(line.words[0] ?? "");
  endCommand(reader, line);
  for (const { delimiter, quoted } of line.documents.splice(0)) {
    const body = takeDocument(reader, delimiter);
    if (isScript) readInner(body, reader, line);
    else if (!quoted) readInner(`: ${asQuoted(body)}`, reader, line);
  }
}

function takeDocument(reader: Reader, delimiter: string): string {
  const lines = reader.script.slice(reader.at).split("\n");
  const end = lines.findIndex((line) => line.replace(/^\t+/, "") === delimiter);
  const body = (end === -1 ? lines : lines.slice(0, end)).join("\n");
  reader.at = end === -1 ? reader.script.length : reader.at + lines.slice(0, end + 1).join("\n").length + 1;
  return body;
}

/** Outside of substitutions the text of a document is as good as quoted. */
const asQuoted = (text: string): string => `"${text.replaceAll('"', "")}"`;

function readInner(script: string, reader: Reader, { depth }: Line): void {
  if (depth >= deepest) reader.tooDeep = true;
  else {
    const inner: Reader = { script, at: 0, commands: reader.commands, tooDeep: false };
    readCommands(inner, undefined, depth + 1);
    reader.tooDeep ||= inner.tooDeep;
  }
}
