import { askYes } from "@codex/platform/ask-yes";
import { isUuid } from "@codex/platform/ids";
import { stdio } from "@codex/platform/stdio";
import { fail, type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { refuse } from "../refuse.ts";
import { findSaved, type Shelf } from "./find-saved.ts";
import { openSessions, type SessionOptions } from "./open-sessions.ts";

export type SessionVerb = "archive" | "unarchive" | "delete";

export type SessionFlags = SessionOptions & {
  /** For `delete`: nobody is asked. */
  force?: boolean;
};

/** `codex archive|unarchive|delete SESSION`, from parsed argv to the exit code. */
export async function runSessionCommand(verb: SessionVerb, which: string, flags: SessionFlags): Promise<number> {
  if (flags.force && !isUuid(which)) {
    return refuse(fail("usage", "Error: --force requires a session UUID; names must be confirmed interactively"));
  }
  const sessions = await openSessions(flags);
  if (!sessions.ok) return refuse(sessions.error);
  const { client, close } = sessions.value;
  try {
    const found = await findSaved(client, which, shelves[verb]);
    if (!found.ok) return refuse(found.error);
    if (found.value === undefined) {
      return refuse(fail("usage", `Error: No ${shelves[verb].join(" or ")} session found matching '${which}'.`));
    }
    const agreed = verb === "delete" && !flags.force ? confirm(found.value, which) : ok(true);
    if (!agreed.ok) return refuse(agreed.error);
    if (!agreed.value) return 1;
    const done = await client.request(`thread/${verb}`, { threadId: found.value });
    if (!done.ok) return refuse(failed(verb, done.error));
    stdio.out(`${past[verb]} session ${found.value}.\n`);
    return 0;
  } finally {
    await close();
  }
}

const shelves = {
  archive: ["active"],
  unarchive: ["archived"],
  delete: ["active", "archived"],
} as const satisfies Record<SessionVerb, readonly Shelf[]>;

const past: Record<SessionVerb, string> = { archive: "Archived", unarchive: "Unarchived", delete: "Deleted" };

/** Only a person at a terminal can say yes. */
function confirm(id: string, which: string): Result<boolean> {
  if (stdio.isTerminal("in") && stdio.isTerminal("err")) {
    return ok(askYes(`Delete session ${which === id ? id : `"${which}" (${id})`} for good?`));
  }
  const why =
    "Error: cannot confirm session deletion without an interactive terminal; rerun with --force and a session UUID";
  return err(fail("usage", why));
}

const failed = (verb: SessionVerb, { code, message }: CodexError): CodexError => ({
  code,
  message: `failed to ${verb} session: ${message}`,
});
