import type { CodexError } from "@codex/protocol/errors";

/** `FILE:LINE:COLUMN: what is wrong` of a config that cannot be used, without the excerpt that people get. */
export const errorPlace = ({ message }: CodexError): string =>
  message.replace(/^Error loading config\.toml:\s*/, "").split("\n", 1)[0] ?? message;
