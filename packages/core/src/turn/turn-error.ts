import type { CodexErrorInfo, TurnError } from "@codex/protocol/thread";

export const turnError = (message: string, info: CodexErrorInfo | null = "other"): TurnError => ({
  message,
  codexErrorInfo: info,
  additionalDetails: null,
  misalignment: null,
});
