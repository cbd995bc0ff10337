import type { JsonObject } from "@codex/protocol/json";
import type { Wire } from "./piece.ts";

const lineEnds = { lf: "\n", crlf: "\r\n", cr: "\r" } as const;

/** One event as server-sent event text. */
export function encodeEvent(event: JsonObject, wire: Wire): string {
  const end = lineEnds[wire.lineEnd ?? "lf"];
  return `event: ${String(event["type"])}${end}data: ${JSON.stringify(event)}${end}${end}`;
}

/** Cuts bytes into chunks of a size; whole when no size is asked for. */
export function chunks(bytes: Uint8Array, size: number | undefined): Uint8Array[] {
  if (size === undefined) return [bytes];
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
