import type { Handler } from "../handler.ts";
import { writeConfig } from "../write-config.ts";

export const configValueWrite: Handler<"config/value/write"> = (params, context) => {
  const { keyPath, value, mergeStrategy, filePath, expectedVersion } = params;
  return writeConfig(
    {
      edits: [{ keyPath, value, mergeStrategy }],
      filePath: filePath ?? null,
      expectedVersion: expectedVersion ?? null,
    },
    context,
  );
};
