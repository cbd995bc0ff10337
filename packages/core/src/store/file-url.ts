import { textOf } from "./fields.ts";

/** Rollouts name files in `file://` URLs; ones of other machines may not be paths here, and stay as they are. */
export const urlOf = (path: string): string => (path.startsWith("/") ? Bun.pathToFileURL(path).href : path);

export function pathOf(value: unknown): string {
  const url = textOf(value) ?? "";
  if (!url.startsWith("file://")) return url;
  try {
    return Bun.fileURLToPath(url);
  } catch {
    return url;
  }
}
