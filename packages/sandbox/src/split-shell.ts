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
  return tokens === undefined || isReadOtherwise(tokens) ? undefined : commandsOf(tokens);
}

type Token =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "muted"; readonly text: string }
  | { readonly kind: "connector"; readonly text: Connector | "\n" };

/**
 * Pieces that a script may consist of. A bare character beyond ASCII is a letter to bash; what is blank or not seen at all
 * (U+00A0, U+3000, U+200B, U+202E …) is left out, because others, people among them, read it otherwise.
 */
const blank = /[ \t]+/y;
const connector = /&&|\|\||;|\||\n/y;
const bare = /(?:[-\w./:@%+,=^!]|(?![\0-\x7f\u2800\p{Default_Ignorable_Code_Point}])[\p{L}\p{M}\p{N}\p{P}\p{S}])+/uy;
const singleQuoted = /'([^']*)'/y;
const doubleQuoted = /"([^"$`\\]*)"/y;

/** `&>` only where the command ends: to a POSIX shell its `&` is the end, and what follows another command. */
const mutedRedirection =
  /(?:[12]?>>?|<)[ \t]*\/dev\/null(?![^ \t\n;|&])|&>>?[ \t]*\/dev\/null(?=[ \t]*(?:[\n;|]|&&|$))|[12]?>&[12](?![^ \t\n;|&])/y;

function tokensOf(script: string, muted: boolean): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < script.length;) {
    const redirection = muted ? match(mutedRedirection, script, at) : undefined;
    if (redirection !== undefined && isUnclear(redirection.text, script[at - 1], tokens.at(-1))) return undefined;
    const space = match(blank, script, at) ?? redirection;
    const join = space === undefined ? match(connector, script, at) : undefined;
    const word = space === undefined && join === undefined ? wordAt(script, at) : undefined;
    const end = space?.end ?? join?.end ?? word?.end;
    if (end === undefined) return undefined;
    if (redirection !== undefined) tokens.push({ kind: "muted", text: redirection.text });
    if (join !== undefined) tokens.push({ kind: "connector", text: join.text as Connector | "\n" });
    if (word !== undefined) tokens.push({ kind: "word", text: word.text });
    at = end;
  }
  return tokens;
}

/**
 * A number that touches a redirection is no word but the descriptor. One before the command's own name, or with a number behind
 * a lone `-`, is read otherwise by tree-sitter.
 */
function isUnclear(redirection: string, before: string | undefined, last: Token | undefined): boolean {
  if (/\d/.test(before ?? "") || last === undefined || last.kind === "connector") return true;
  return last.text === "-" && /^\d/.test(redirection);
}

type Piece = { readonly text: string; readonly end: number };

function match(pattern: RegExp, script: string, at: number): Piece | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(script);
  return found === null ? undefined : { text: found[1] ?? found[0], end: pattern.lastIndex };
}

/** Pieces that touch are one word. Control characters are not left to chance, nor are halves of characters. */
const chancy = /[^\P{Cc}\t\n]|\p{Cs}/u;

/** `=name` is the path of a program to zsh; a reserved word with a quote at its end is one to tree-sitter. */
const unlikeItself =
  /=[^\s;|&]|(?:if|then|elif|else|fi|for|in|do|done|while|until|case|esac|select|function|time|coproc)['"]/y;

function wordAt(script: string, start: number): Piece | undefined {
  if (match(unlikeItself, script, start) !== undefined) return undefined;
  let text = "";
  let at = start;
  for (;;) {
    const piece = match(bare, script, at) ?? match(singleQuoted, script, at) ?? match(doubleQuoted, script, at);
    if (piece === undefined) break;
    text += piece.text;
    at = piece.end;
  }
  return at === start || chancy.test(text) ? undefined : { text, end: at };
}

/**
 * After a line that ends a pipeline of three or more, tree-sitter's grammar of bash, which other programs judge scripts by,
 * joins lines up to the next `&&`, `||` or redirection. The shells do not; but where readers differ nothing is plain.
 */
function isReadOtherwise(tokens: readonly Token[]): boolean {
  let pipes = 0;
  const end = tokens.findIndex(({ kind, text }, at) => {
    if (kind !== "connector") return false;
    const before = tokens[at - 1];
    const isInside = text === "\n" && before?.kind === "connector" && before.text === "|";
    if (text === "\n" && !isInside && pipes >= 2) return true;
    if (!isInside) pipes = text === "|" ? pipes + 1 : 0;
    return false;
  });
  return end !== -1 && tokens.slice(end).some(({ kind, text }) => kind === "muted" || text === "&&" || text === "||");
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
    if (token.kind === "muted") continue;
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

/**
 * Words that mean something else at the start of a command, quoted or not: better too careful than sorry. Those that set
 * variables change what later commands do, and read their words otherwise than a program would (CVE-2026-22708). The last
 * ones are zsh's.
 */
const reserved = new Set(
  `! [[ ]] case coproc do done elif else esac fi for function if in select then time until while
   declare export let local readonly typeset unset unsetenv
   - end float foreach integer nocorrect noglob repeat`.split(/\s+/),
);

/**
 * `=` would make it an assignment, of whatever a shell takes for a name; `!` a negation, and `@`, `%` and `:` behind a name operators
 * to some readers.
 */
const startsSpecially = ({ words: [first = ""] }: SimpleCommand): boolean =>
  reserved.has(first) || first === "" || /^!|^[-+\p{L}\p{N}\p{M}_]*[@%:]|=/u.test(first);
