import type { Handler } from "../handler.ts";
import { writeConfig } from "../write-config.ts";

/** New threads read the file anew in any case; `reloadUserConfig` needs nothing more. */
export const configBatchWrite: Handler<"config/batchWrite"> = ({ edits, filePath, expectedVersion }, context) =>
  writeConfig({ edits, filePath: filePath ?? null, expectedVersion: expectedVersion ?? null }, context);
