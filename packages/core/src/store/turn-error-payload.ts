import { isObject, type JsonObject, type JsonValue } from "@codex/protocol/json";
import type { CodexErrorInfo, TurnError } from "@codex/protocol/thread";
import { given, textOf, type Fields } from "./fields.ts";
import { camelCase, snakeCase } from "./letter-case.ts";

/** A failed turn's error in `task_complete`; `additional_details` is ours. */
export function errorFields(error: TurnError): JsonObject {
  const { message, codexErrorInfo, additionalDetails } = error;
  return {
    message,
    codex_error_info: renamed(codexErrorInfo, snakeCase),
    ...given({ additional_details: additionalDetails }),
  };
}

export function errorOf(fields: Fields): TurnError {
  return {
    message: textOf(fields["message"]) ?? "",
    codexErrorInfo: infoOf(fields["codex_error_info"]),
    additionalDetails: textOf(fields["additional_details"]) ?? null,
    misalignment: null,
  };
}

/** Kinds that we have no word for are passed on: faces take unknown ones as "other". */
const infoOf = (value: unknown): CodexErrorInfo | null =>
  value === undefined || value === null ? null : (renamed(value, camelCase) as CodexErrorInfo);

/** "badRequest" or `{ httpConnectionFailed: { httpStatusCode } }` with its words in the other letter case. */
function renamed(value: unknown, rename: (word: string) => string): JsonValue {
  if (typeof value === "string") return rename(value);
  if (!isObject(value)) return typeof value === "number" ? value : null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [rename(key), renamed(inner, rename)]));
}
