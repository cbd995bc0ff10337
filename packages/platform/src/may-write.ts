import { accessSync, constants } from "node:fs";

/** Whether this process may write to what stands at a path. A guess of one moment, to ask by and not to rely on. */
export function mayWriteTo(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
