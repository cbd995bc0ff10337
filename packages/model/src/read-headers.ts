import { isObject } from "@codex/protocol/json";

/** A record of texts as headers; names that no header may have are left out. */
export function readHeaders(value: unknown): Headers {
  const headers = new Headers();
  for (const [name, text] of Object.entries(isObject(value) ? value : {})) {
    if (typeof text !== "string" && typeof text !== "number") continue;
    if (/^[\w-]+$/.test(name) && !/[\r\n\0]/.test(String(text))) headers.set(name, String(text));
  }
  return headers;
}
