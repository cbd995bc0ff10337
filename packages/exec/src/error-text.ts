import type { TurnError } from "@codex/protocol/thread";

/** An error in one line: `Reconnecting... 1/5 (the reason)` where there are details. */
export const errorText = ({ message, additionalDetails }: TurnError): string =>
  additionalDetails === null ? message : `${message} (${additionalDetails})`;
