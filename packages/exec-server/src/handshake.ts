import { fail } from "@codex/protocol/errors";
import { readValue } from "@codex/protocol/read-value";
import { err, ok, type Result } from "@codex/protocol/result";
import { OptionalNull } from "@codex/protocol/schema";
import { Type as T } from "@sinclair/typebox";
import type { Client } from "./client.ts";

const InitializeParams = T.Object(
  { clientName: T.String(), resumeSessionId: OptionalNull(T.String()) },
  { title: "InitializeParams" },
);

/** Gives the client a session, its own new one or the one that it lost its connection to. */
export async function initialize(client: Client, params: unknown): Promise<Result<unknown>> {
  const { executor } = client;
  if (client.session) return err(fail("refusedParams", "initialize may only be sent once per connection"));
  const read = readValue(InitializeParams, params);
  if (!read.ok) return err(fail("invalidParams", read.error));
  const { resumeSessionId } = read.value as { resumeSessionId?: string | null };
  const session = await executor.sessions.attach(resumeSessionId ?? undefined, client);
  if (!session.ok) return session;
  client.session = session.value;
  return ok({ sessionId: session.value.id, environmentInfo: executor.info });
}
