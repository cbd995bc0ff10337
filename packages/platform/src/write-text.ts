import { writeAtomic } from "./write-atomic.ts";

/** Replaces a file's text; resolves to why it could not be, or undefined. */
export async function writeText(path: string, text: string): Promise<string | undefined> {
  const written = writeAtomic(path, text, 0o644);
  return written.ok ? undefined : written.error.reason;
}
