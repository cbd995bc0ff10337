/** What can be seen. `tooDeep`: it is nested so deeply that we stopped looking. */
export type Glimpse = { readonly commands: readonly (readonly string[])[]; readonly tooDeep: boolean };

/**
 * Every command that a script seems to hold, wherever it stands: in substitutions, groups, loops, branches. It guesses where a
 * shell's grammar would be needed, so it may see too much or misread a word, and what it does not see may be there all the
 * same: fit to make us more careful, never to allow anything.
 */
export function glimpseScript(script: string): Glimpse {
  const reader: Reader = { script, at: 0, commands: [], tooDeep: false, doubts: { left: mostDoubts } };
  readCommands(reader, undefined, 0);
  return reader;
}

/** A place in a script, and what has been seen before it. */
type Reader = {
  readonly script: string;
  at: number;
  readonly commands: string[][];
  tooDeep: boolean;
  readonly doubts: { left: number };
};

type Closing = ")" | "`" | undefined;

/** Substitutions in each other. */
const deepest = 40;

/** Places where a substitution may end later than it seems; each is read both ways. */
const mostDoubts = 32;

/** The command that is being read. */
type Line = {
  words: string[];
  /** As far as it has been read. */
  word: string | undefined;
  /** Part of the word is quoted. */
  quoted: boolean;
  /** What the next word is: the command's own, a redirection's, the end of a here-document, or a here-string. */
  next: "own" | "target" | "delimiter" | "text";
  /** Here-strings of the pipeline, and its commands so far. */
  texts: string[];
  piped: (readonly string[])[];
  /** A `)` may have been of a function, a subshell or a branch of `case`, and not have ended the substitution. */
  doubtful: boolean;
  /** One of the line's commands is a shell, which reads what it is given as a script. */
  hasShell: boolean;
  documents: { readonly delimiter: string; readonly quoted: boolean }[];
  readonly depth: number;
};

const newLine = (depth: number): Line => ({
  words: [],
  word: undefined,
  quoted: false,
  next: "own",
  texts: [],
  piped: [],
  doubtful: false,
  hasShell: false,
  documents: [],
  depth,
});

/** Reads up to the closing character, or to the end. True where that character may have been another's. */
function readCommands(reader: Reader, closing: Closing, depth: number): boolean {
  const line = newLine(depth);
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
  endCommand(reader, line, ";");
  return line.doubtful && closing === ")";
}

type Step = readonly [RegExp, (reader: Reader, line: Line, text: string) => void];

/** Nothing in it can hold a command; read as one all the same. */
const arithmetic = /\$\(\(([\w \t+\-*/%<>=!&|^?:,$]*)\)\)/y;

const comment = /#[^\n]*/y;

/** What a piece of a script does, the first that fits. */
const steps: readonly Step[] = [
  [/\\\n/y, () => undefined],
  [/\\([^])?/y, (_reader, line, text) => add(line, text, true)],
  [/'([^']*)'?/y, (_reader, line, text) => add(line, text, true)],
  [/"/y, (reader, line) => readQuoted(reader, line, "quote")],
  [arithmetic, (reader, line, text) => readInner(text, reader, line)],
  [/\$\(|[<>]\(/y, (reader, line) => readNested(reader, line, ")")],
  [/`/y, (reader, line) => readNested(reader, line, "`")],
  // A blank by another name.
  [/\$IFS|\$\{IFS[^}]*\}?/y, (_reader, line) => endWord(line)],
  [/\$(?=['"])/y, () => undefined],
  [comment, () => undefined],
  [/<<</y, (_reader, line) => redirect(line, "text")],
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
  if (word === "case") line.doubtful = true;
  if (next === "text") line.texts.push(word);
  if (next === "delimiter") line.documents.push({ delimiter: word, quoted });
  Object.assign(line, { word: undefined, quoted: false, next: "own" });
}

/** A number right before it belongs to it. */
function redirect(line: Line, next: "target" | "delimiter" | "text"): void {
  if (line.word !== undefined && /^\d+$/.test(line.word)) line.word = undefined;
  endWord(line);
  line.next = next;
}

/** `end` is the character that ends it. */
function endCommand(reader: Reader, line: Line, end: string): void {
  endWord(line);
  if (end === "(") line.doubtful = true;
  const command = withoutPrefix(line.words);
  if (command.length > 0) reader.commands.push(command);
  line.piped.push(command);
  line.hasShell ||= command.some(isShell);
  Object.assign(line, { words: [], next: "own" });
  if (end !== "|") endPipeline(reader, line);
}

/** In whatever place of the words: behind `env`, `sudo` and the like too. */
const isShell = (word: string): boolean => /(^|\/)((ba|z|da|k|a|fi|c|tc)?sh|dev\/stdin)$/.test(word);

/** What a shell is given by `echo` or a here-string is a script. */
function endPipeline(reader: Reader, line: Line): void {
  const { piped, texts } = line;
  Object.assign(line, { piped: [], texts: [] });
  if (!piped.some((command) => command.some(isShell))) return;
  for (const text of texts) readInner(text, reader, line);
  for (const [name = "", ...words] of piped) {
    if (name === "echo" || name === "printf") readInner(words.join(" "), reader, line);
  }
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
  if (line.depth >= deepest) {
    reader.tooDeep = true;
    reader.at = reader.script.length;
  } else if (readCommands(reader, closing, line.depth + 1)) readOn(reader, line);
}

/** What follows a substitution that may go on: else it would be taken for text, or for words of the command around it. */
function readOn(reader: Reader, line: Line): void {
  if (reader.doubts.left === 0) reader.tooDeep = true;
  else {
    reader.doubts.left -= 1;
    readInner(reader.script.slice(reader.at), reader, line);
  }
}

const plainlyQuoted = /(?:[^"\\`$]|\\[^]|\$(?!\())+/y;

/** In double quotes only substitutions and escapes are special; so in a here-document, which quotes do not end. */
function readQuoted(reader: Reader, line: Line, ends: "quote" | "document"): void {
  add(line, "", true);
  while (reader.at < reader.script.length) {
    plainlyQuoted.lastIndex = reader.at;
    const text = plainlyQuoted.exec(reader.script)?.[0];
    arithmetic.lastIndex = reader.at;
    const sum = text === undefined ? arithmetic.exec(reader.script) : null;
    if (sum !== null) {
      reader.at = arithmetic.lastIndex;
      readInner(sum[1] ?? "", reader, line);
    } else if (text !== undefined) {
      add(line, text.replaceAll(/\\([^])/g, "$1"), true);
      reader.at += text.length;
    } else if (reader.script[reader.at] === '"') {
      reader.at += 1;
      if (ends === "quote") return;
    } else {
      const isTick = reader.script[reader.at] === "`";
      reader.at += isTick ? 1 : 2;
      readNested(reader, line, isTick ? "`" : ")");
    }
  }
}

/** Here-documents begin after the line that names them. One that a shell reads is a script, another may have substitutions. */
function endLine(reader: Reader, line: Line): void {
  endCommand(reader, line, "\n");
  const isScript = line.hasShell;
  line.hasShell = false;
  for (const { delimiter, quoted } of line.documents.splice(0)) {
    const body = takeDocument(reader, delimiter);
    if (isScript) readInner(body, reader, line);
    else if (!quoted) readText(body, reader, line);
  }
}

function takeDocument(reader: Reader, delimiter: string): string {
  const lines = reader.script.slice(reader.at).split("\n");
  const end = lines.findIndex((line) => line.replace(/^\t+/, "") === delimiter);
  const body = (end === -1 ? lines : lines.slice(0, end)).join("\n");
  reader.at = end === -1 ? reader.script.length : reader.at + lines.slice(0, end + 1).join("\n").length + 1;
  return body;
}

/** A document with substitutions, which may be in several lines. */
function readText(text: string, reader: Reader, { depth }: Line): void {
  const inner: Reader = { ...reader, script: text, at: 0 };
  readQuoted(inner, newLine(depth), "document");
  reader.tooDeep ||= inner.tooDeep;
}

function readInner(script: string, reader: Reader, { depth }: Line): void {
  if (depth >= deepest) reader.tooDeep = true;
  else {
    const inner: Reader = { script, at: 0, commands: reader.commands, tooDeep: false, doubts: reader.doubts };
    readCommands(inner, undefined, depth + 1);
    reader.tooDeep ||= inner.tooDeep;
  }
}
