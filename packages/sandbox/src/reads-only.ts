/** The options of a program that leave it harmless. Lists of words are separated by white space. */
export type Options = {
  /** Letters without a value. */
  readonly flags?: string;
  /** Letters with one. */
  readonly valued?: string;
  readonly long?: string;
  /** With a value, after `=` or as the next word. */
  readonly longValued?: string;
  /** With a value after `=`, or none. */
  readonly longOptional?: string;
  /** It has no options at all: whatever stands there is harmless. */
  readonly anything?: true;
  /** Negative numbers are no options. */
  readonly numbers?: true;
  /** How many operands are harmless; all by default. */
  readonly mostOperands?: number;
};

/**
 * True where every option among the words is one of these, written out: an abbreviation is not proven to be the option it looks
 * like. What follows an option with a value is its value, whatever it looks like. Pure.
 */
export function readsOnly(words: readonly string[], options: Options): boolean {
  if (options.anything) return true;
  let operands = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") {
      operands += words.length - at - 1;
      break;
    }
    const kind = kindOf(word, options);
    if (kind === "unknown") return false;
    if (kind === "takesNext") at += 1;
    if (kind === "operand") operands += 1;
  }
  return operands <= (options.mostOperands ?? Infinity);
}

type Kind = "operand" | "known" | "takesNext" | "unknown";

function kindOf(word: string, options: Options): Kind {
  if (!word.startsWith("-") || word === "-") return "operand";
  if (options.numbers && /^-[\d.]/.test(word)) return "operand";
  return word.startsWith("--") ? longKind(word.slice(2), options) : shortKind(word.slice(1), options);
}

function longKind(option: string, { long = "", longValued = "", longOptional = "" }: Options): Kind {
  const [name = "", ...value] = option.split("=");
  const isOneOf = (names: string): boolean => names.split(/\s+/).includes(name);
  if (isOneOf(longValued)) return value.length > 0 ? "known" : "takesNext";
  if (isOneOf(longOptional)) return "known";
  return value.length === 0 && isOneOf(long) ? "known" : "unknown";
}

/** Letters in one word; the rest after one with a value is its value. */
function shortKind(letters: string, { flags = "", valued = "" }: Options): Kind {
  for (const [at, letter] of [...letters].entries()) {
    if (valued.includes(letter)) return at === letters.length - 1 ? "takesNext" : "known";
    if (!flags.includes(letter)) return "unknown";
  }
  return "known";
}
