import type { ProtocolClient } from "@codex/app-server/client";
import { newId } from "@codex/platform/ids";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { refuse } from "../refuse.ts";
import { findSaved } from "./find-saved.ts";
import { openSessions, type SessionOptions } from "./open-sessions.ts";

export type QueueFlags = SessionOptions & { thread: string; message: string; resume?: boolean };

/** `codex queue`, from parsed argv to the exit code. */
export async function runQueue(flags: QueueFlags): Promise<number> {
  const sessions = await openSessions(flags);
  if (!sessions.ok) return refuse(sessions.error);
  const { client, close } = sessions.value;
  try {
    const found = await findSaved(client, flags.thread, ["active"]);
    if (!found.ok) return refuse(found.error);
    const threadId = found.value;
    if (threadId === undefined) {
      return refuse(fail("usage", `Error: No active session found matching '${flags.thread}'.`));
    }
    const input = [{ type: "text" as const, text: flags.message, text_elements: [] }];
    const queued = await client.request("thread/queue/add", { threadId, input, clientUserMessageId: newId() });
    if (!queued.ok) {
      const { code, message } = queued.error;
      return refuse({ code, message: `failed to queue session message: ${message}` });
    }
    stdio.out(`Queued message ${queued.value.queuedSubmission.id} for thread ${threadId}.\n`);
    if (flags.resume) await resume(threadId, flags, client);
    return 0;
  } finally {
    await close();
  }
}

/** Only in a server that goes on: this process ends at once. The message is queued in any case. */
async function resume(threadId: string, flags: QueueFlags, own: ProtocolClient): Promise<void> {
  const there = flags.remote === undefined ? await openSessions({ ...flags, remote: "unix://" }) : undefined;
  const client = there?.ok ? there.value.client : own;
  const resumed =
    there?.ok === false ? undefined : await client.request("thread/resume", { threadId, excludeTurns: true });
  if (there?.ok) await there.value.close();
  if (resumed?.ok) return;
  const why = resumed?.error.message ?? "start a local daemon or specify a server with --remote";
  stdio.err(`Warning: message was queued, but could not resume thread ${threadId}: ${why}\n`);
}
