/**
 * Text of the model or of a command as a terminal may get it: escape sequences and control characters could move the cursor,
 * write to the clipboard or change the title, so all but tab and newline are taken out.
 */
export const printable = (text: string): string => text.replace(escapes, "").replace(controls, "");

/** CSI, OSC (ended by BEL or ST), DCS and the like, and two-character escapes. */
const escapes = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])/g;

const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** The same of every text in a value, so that none is forgotten. */
export function allPrintable<T>(value: T): T;
export function allPrintable(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (Array.isArray(value)) return value.map((each) => allPrintable(each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, allPrintable(each)]));
}
