/** A part of what a turn starts with. Relative image paths start at this process's folder. */
export type UserInput = { type: "text"; text: string } | { type: "local_image"; path: string };

export type Input = string | UserInput[];

/** The prompt for standard input, its texts a blank line apart, and the images for the command line. */
export function readInput(input: Input): { prompt: string; images: string[] } {
  if (typeof input === "string") return { prompt: input, images: [] };
  return {
    prompt: input.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n"),
    images: input.flatMap((part) => (part.type === "local_image" ? [part.path] : [])),
  };
}
