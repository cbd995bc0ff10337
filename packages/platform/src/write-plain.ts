import { writeFileSync } from "node:fs";

/** Writes a small file for its owner alone, in place: for notes whose loss in a crash does not matter. Throws where refused. */
export const writePlain = (path: string, text: string): void => writeFileSync(path, text, { mode: 0o600 });
