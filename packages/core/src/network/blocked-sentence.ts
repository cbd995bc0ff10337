import type { Block, NetworkRequest } from "@codex/sandbox/network/judge-request";

/** Why a request was not let through, as the model and people read it. */
export function blockedSentence({ host, port }: NetworkRequest, { reason, message }: Block): string {
  const where = `Network access to ${JSON.stringify(host)} port ${port} was blocked`;
  switch (reason) {
    case "denied":
      return `${where}: a network rule of the user denies it.`;
    case "not_allowed":
      return `${where}: no network rule of the user allows it.`;
    default:
      return `${where}: ${message}`;
  }
}
