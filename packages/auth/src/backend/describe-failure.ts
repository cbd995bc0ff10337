import { STATUS_CODES } from "node:http";
import type { BackendFailure } from "./open-backend.ts";

/** Why the service gave no answer: what happened, what to do. */
export function describeFailure(failure: BackendFailure): string {
  switch (failure.kind) {
    case "unsigned":
      return failure.message;
    case "unreachable":
      return `${failure.url} cannot be reached (${failure.cause}). Check the network and try again.`;
    case "refused":
      return `${failure.url} failed: ${statusLine(failure.status)}${said(failure.body)}${advice(failure.status)}`;
    case "unreadable":
      return `${failure.url} answered with ${failure.contentType || "something"} that is no JSON. A proxy or a wrong address may be in between.`;
  }
}

export const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? ""}`.trim();

/** What the service says of it, as far as a line can show; control characters would move a terminal's cursor. */
function said(body: string): string {
  const line = body.replace(/[\s\x00-\x1f\x7f-\x9f]+/g, " ").trim();
  return line === "" || line === "{}" || line.startsWith("<") ? "" : `: ${line.slice(0, 300)}`;
}

function advice(status: number): string {
  if (status === 401) return ". Run `codex login` to sign in anew.";
  if (status === 404) return ". Check the id.";
  return status === 429 || status >= 500 ? ". Try again later." : "";
}
