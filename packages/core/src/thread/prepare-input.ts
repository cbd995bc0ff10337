import { readBytes } from "@codex/platform/read-bytes";
import type { UserInput } from "@codex/protocol/items";
import type { Result } from "@codex/protocol/result";
import { prepareUserInput, type PreparedInput } from "../context/user-input.ts";
import type { ThreadSettings } from "./thread-settings.ts";

/** Reads what the input refers to, once and before anything is sent. */
export const prepareInput = (input: readonly UserInput[], settings: ThreadSettings): Promise<Result<PreparedInput>> =>
  prepareUserInput(input, {
    cwd: settings.cwd,
    imageDetail: settings.model.supportsImageDetailOriginal ? "original" : "high",
    readBytes: async (path) => {
      const bytes = readBytes(path);
      return bytes.ok ? bytes.value : undefined;
    },
  });
