/** Programs that run whatever program text they are given, so that a rule for them alone would allow everything. */
const interpreters =
  /^(python[\d.]*w?|py|pyw|pypy[\d.]*|git|bash|sh|zsh|dash|ksh|pwsh|powershell|env|sudo|doas|node|bun|deno|perl|ruby|lua|php|osascript|xargs|eval|exec|command|nohup|timeout|time|nice|find)$/;

/** Characters; a longer command is nothing that one would want to allow for good. */
const longest = 1000;

/**
 * The smallest prefix that would allow this command: the model's own proposal where that covers it, else the command's very
 * words. Undefined where a rule would allow more than can be foreseen. Pure.
 */
export function proposeRule(words: readonly string[], wish: readonly string[] | undefined): string[] | undefined {
  const covers = wish !== undefined && wish.length > 0 && wish.every((word, at) => word === words[at]);
  if (covers && !isOpen(wish)) return [...wish];
  const isOverlong = words.reduce((length, word) => length + word.length, 0) > longest;
  return isOverlong || isOpen(words) ? undefined : [...words];
}

/** Nothing but an interpreter and its options. */
function isOpen([program = "", ...rest]: readonly string[]): boolean {
  const name = program.replace(/^.*\//, "").replace(/\.exe$/, "");
  return interpreters.test(name) && rest.every((word) => word.startsWith("-"));
}
