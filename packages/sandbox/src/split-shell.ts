/** One simple command of a script: its words, and what stands between it and the one before (none for the first). */
export type SimpleCommand = { readonly after: Connector | undefined; readonly words: readonly string[] };

export type Connector = "&&" | "||" | ";" | "|";

/**
 * The commands of a script that consists of plain words only, joined by `&&`, `||`, `;`, `|` or newlines. Undefined for anything
 * else: variables, substitutions, redirections, globs, assignments, comments, escapes, background, control structures. It
 * never guesses: what it returns is exactly what a shell would run. Source: POSIX.1-2024 shell grammar, bash.
 * `muted` leaves out redirections to /dev/null and of one output to the other: they change nothing but what is shown.
 */
export function splitShell(
  script: string,
  options?: { readonly muted: boolean },
): readonly SimpleCommand[] | undefined {
  const tokens = tokensOf(script, options?.muted === true);
  return tokens === undefined ? undefined : commandsOf(tokens);
}

type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "connector"; readonly text: Connector | "\n" };

/** Pieces that a script may consist of. A bare character beyond ASCII is a letter to the shell. */
const blank = /[ \t]+/y;
const connector = /&&|\|\||;|\||\n/y;
const bare = /[-\w./:@%+,=^\]!\u0080-\u{10ffff}]+/uy;
const singleQuoted = /'([^']*)'/y;
const doubleQuoted = /"([^"$`\\]*)"/y;

const mutedRedirection = /(?:[12]?>>?|&>>?|<)[ \t]*\/dev\/null(?![^\s;|&])|[12]?>&[12](?![^\s;|&])/y;

function tokensOf(script: string, muted: boolean): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < script.length;) {
    const space = match(blank, script, at) ?? (muted ? match(mutedRedirection, script, at) : undefined);
    const join = space === undefined ? match(connector, script, at) : undefined;
    const word = space === undefined && join === undefined ? wordAt(script, at) : undefined;
    const end = space?.end ?? join?.end ?? word?.end;
    if (end === undefined) return undefined;
    if (join !== undefined) tokens.push({ kind: "connector", text: join.text as Connector | "\n" });
    if (word !== undefined) tokens.push({ kind: "word", text: word.text });
    at = end;
  }
  return tokens;
}

type Piece = { readonly text: string; readonly end: number };

function match(pattern: RegExp, script: string, at: number): Piece | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(script);
  return found === null ? undefined : { text: found[1] ?? found[0], end: pattern.lastIndex };
}

/** Pieces that touch are one word. NUL and other control characters are not left to chance. */
function wordAt(script: string, start: number): Piece | undefined {
  let text = "";
  let at = start;
  for (;;) {
    const piece = match(bare, script, at) ?? match(singleQuoted, script, at) ?? match(doubleQuoted, script, at);
    if (piece === undefined) break;
    text += piece.text;
    at = piece.end;
  }
  return at === start || text.includes("\0") ? undefined : { text, end: at };
}

function commandsOf(tokens: readonly Token[]): SimpleCommand[] | undefined {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let after: Connector | undefined;
  const close = (): void => {
    if (words.length > 0) commands.push({ after, words });
    words = [];
  };
  for (const token of tokens) {
    if (token.kind === "word") words.push(token.text);
    else if (words.length > 0) {
      close();
      after = token.text === "\n" ? ";" : token.text;
      // A line break is allowed between commands, and after `&&`, `||` and `|`; nothing else is without a command before it.
    } else if (token.text !== "\n") return undefined;
  }
  const isOpen = words.length === 0 && after !== undefined && after !== ";";
  close();
  return commands.length === 0 || isOpen || commands.some(startsSpecially) ? undefined : commands;
}

/** Words that mean something else at the start of a command, quoted or not: better too careful than sorry. */
const reserved = new Set(
  "! [[ ]] case coproc do done elif else esac fi for function if in select then time until while".split(" "),
);

const startsSpecially = ({ words: [first = ""] }: SimpleCommand): boolean =>
  reserved.has(first) || first === "" || /^[A-Za-z_]\w*\+?=/.test(first);
