import { isObject } from "@codex/protocol/json";

const hidden = "[REDACTED]";

/** Headers that say who asks: credentials, cookies, accounts. */
const privateHeader =
  /(^|-)(authorization|cookie|cookie2|api-?key|token|secret|password|account-?id|organization|project)$/i;

/** The same in a body's objects, such as the authorization of a tool's server. */
const privateField =
  /^(authorization|cookie|set-cookie|password|(.*[_-])?(api[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token|client[_-]?secret|account[_-]?id))$/i;

/** What looks like a key of the service, or a signed token, in the middle of a text. */
const keyInText =
  /\b(sk-[A-Za-z0-9_-]{8,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)|(?<=\bBearer )[A-Za-z0-9._~+/=-]{8,}/g;

export const redactHeader = (name: string, value: string): string =>
  privateHeader.test(name) ? hidden : redactText(value);

const redactText = (text: string): string => text.replace(keyInText, hidden);

/** A body, parsed or as text. */
export function redactBody(value: unknown): unknown {
  if (typeof value === "string") return redactText(value);
  if (Array.isArray(value)) return value.map(redactBody);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, isPrivate(name, entry) ? hidden : redactBody(entry)]),
  );
}

const isPrivate = (name: string, value: unknown): boolean =>
  typeof value === "string" && (privateField.test(name) || privateHeader.test(name)) && !isSchemaWord(name);

/** Names that bodies use for other things than headers do. */
const isSchemaWord = (name: string): boolean => /^(token|project|organization|secret)$/i.test(name);
