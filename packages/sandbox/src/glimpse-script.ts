/**
 * Every command that a script seems to hold, wherever it stands: in substitutions, groups, loops, branches. It guesses where a
 * shell's grammar would be needed, so it may see too much or misread a word, and what it does not see may be there all the
 * same: fit to make us more careful, never to allow anything.
 */
export function glimpseScript(script: string): Glimpse {
  const sight: Sight = { commands: [], tooDeep: false };
  read(script, 0, undefined, sight, 0);
  return sight;
}

/** What can be seen. `tooDeep`: it is nested so deeply that we stopped looking. */
export type Glimpse = { readonly commands: readonly (readonly string[])[]; readonly tooDeep: boolean };

type Sight = { readonly commands: string[][]; tooDeep: boolean };

const reserved = new Set(
  "! { } [[ case coproc do done elif else esac fi for function if in select then time until while".split(" "),
);
const deepest = 40;

type Closing = ")" | "`" | undefined;

/** Reads commands up to the closing character; gives the place behind it. */
function read(script: string, start: number, closing: Closing, sight: Sight, depth: number): number {
  let words: string[] = [];
  let word: string | undefined;
  let dropsNext = false;
  const delimiters: string[] = [];
  let takesDelimiter = false;
  const endWord = (): void => {
    if (word !== undefined && takesDelimiter) delimiters.push(word);
    else if (word !== undefined && !dropsNext) words.push(word);
    if (word !== undefined) [dropsNext, takesDelimiter] = [false, false];
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    [dropsNext, takesDelimiter] = [false, false];
    const command = withoutPrefix(words);
    if (command.length > 0) sight.commands.push(command);
    words = [];
  };
  const nested = (at: number, end: Closing): number => {
    word ??= "";
    if (depth < deepest) return read(script, at, end, sight, depth + 1);
    sight.tooDeep = true;
    return script.length;
  };
  let at = start;
  while (at < script.length) {
    const rest = script.slice(at, at + 8);
    const char = rest[0] ?? "";
    if (char === closing) {
      endCommand();
      return at + 1;
    }
    if (char === "\\") {
      if (rest[1] !== "\n") word = (word ?? "") + (rest[1] ?? "");
      at += 2;
    } else if (char === "'") {
      const end = script.indexOf("'", at + 1);
      word = (word ?? "") + script.slice(at + 1, end === -1 ? script.length : end);
      at = end === -1 ? script.length : end + 1;
    } else if (char === '"') {
      const quoted = readQuoted(script, at + 1, sight, depth);
      word = (word ?? "") + quoted.text;
      at = quoted.end;
    } else if (/^(\$\(|[<>]\()/.test(rest)) {
      at = nested(at + 2, ")");
    } else if (char === "`") {
      at = nested(at + 1, "`");
    } else if (/^\$(IFS|\{IFS)/.test(rest)) {
      endWord();
      at += rest.startsWith("${IFS") ? script.slice(at).indexOf("}") + 1 || script.length : 4;
    } else if (rest.startsWith("$'")) {
      at += 1;
    } else if (char === "#" && word === undefined) {
      const end = script.indexOf("\n", at);
      at = end === -1 ? script.length : end;
    } else if (/^\d*<<</.test(rest)) {
      endWord();
      dropsNext = true;
      at += rest.indexOf("<<<") + 3;
    } else if (rest.startsWith("<<")) {
      endWord();
      takesDelimiter = true;
      at += rest[2] === "-" ? 3 : 2;
    } else if (/^(&>>?|[<>]&?|>>|>\|)/.test(rest)) {
      if (word !== undefined && /^\d+$/.test(word)) word = undefined;
      endWord();
      dropsNext = true;
      at += /^(&>>|&>|>>|>\||[<>]&|[<>])/.exec(rest)?.[0].length ?? 1;
    } else if (char === "\n") {
      const reader = words[0];
      endCommand();
      at = skipDocuments(script, at + 1, delimiters.splice(0), reader, sight, depth);
    } else if (/[;|&(){}]/.test(char) && !(word !== undefined && /[{}]/.test(char))) {
      if (/[{}]/.test(char)) endWord();
      else endCommand();
      at += 1;
    } else if (/\s/.test(char)) {
      endWord();
      at += 1;
    } else {
      word = (word ?? "") + char;
      at += 1;
    }
  }
  endCommand();
  return script.length;
}

/** In double quotes only substitutions and escapes are special. */
function readQuoted(script: string, start: number, sight: Sight, depth: number): { text: string; end: number } {
  let text = "";
  let at = start;
  while (at < script.length && script[at] !== '"') {
    if (script[at] === "\\") {
      text += script[at + 1] ?? "";
      at += 2;
    } else if (script.startsWith("$(", at) || script[at] === "`") {
      if (depth >= deepest) sight.tooDeep = true;
      if (depth >= deepest) return { text, end: script.length };
      const isTick = script[at] === "`";
      at = read(script, at + (isTick ? 1 : 2), isTick ? "`" : ")", sight, depth + 1);
    } else {
      text += script[at];
      at += 1;
    }
  }
  return { text, end: at + 1 };
}

/** Steps over here-documents; one that a shell reads is a script. */
function skipDocuments(
  script: string,
  start: number,
  delimiters: readonly string[],
  reader: string | undefined,
  sight: Sight,
  depth: number,
): number {
  let at = start;
  for (const delimiter of delimiters) {
    const lines = script.slice(at).split("\n");
    const end = lines.findIndex((line) => line.replace(/^\t+/, "") === delimiter);
    const body = (end === -1 ? lines : lines.slice(0, end)).join("\n");
    if (/(^|\/)(ba|z|da|k)?sh$/.test(reader ?? "")) read(body, 0, undefined, sight, depth + 1);
    at = end === -1 ? script.length : at + lines.slice(0, end + 1).join("\n").length + 1;
  }
  return at;
}

/** Without the reserved words and assignments that may stand before a command. */
function withoutPrefix(words: readonly string[]): string[] {
  const from = words.findIndex((word) => !reserved.has(word) && !/^[A-Za-z_]\w*\+?=/.test(word));
  return from === -1 ? [] : words.slice(from);
}
