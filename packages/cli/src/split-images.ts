import { pathKind } from "@codex/platform/read-file";

/**
 * The images of `-i`, which may be given as `a.png,b.png` too. The option takes every word up to the next option, so in
 * `-i a.png "look"` what is no file at the end of its list was meant as the prompt.
 */
export function splitImages(
  words: readonly string[],
  prompt: string | undefined,
): { images: string[]; prompt: string | undefined } {
  const last = words.at(-1);
  const takesPrompt = prompt === undefined && last !== undefined && words.length > 1 && !splitCommas(last).some(exists);
  const images = takesPrompt ? words.slice(0, -1) : words;
  return { images: images.flatMap(splitCommas), prompt: takesPrompt ? last : prompt };
}

const exists = (path: string): boolean => pathKind(path) !== "absent";

/** A file whose own name has a comma stays whole. */
const splitCommas = (word: string): string[] => (exists(word) ? [word] : word.split(","));
