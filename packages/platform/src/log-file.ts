import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Adds lines to a file that its owner alone may read. A log that cannot be written holds up nothing. */
export function logFile(path: string): (level: "INFO" | "WARN" | "ERROR", message: string) => void {
  return (level, message) => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      appendFileSync(path, `${new Date().toISOString()} ${level.padStart(5)} ${message}\n`, { mode: 0o600 });
    } catch {
      // A full disk or a read-only home.
    }
  };
}
