import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Connection } from "../connection.ts";
import type { AppServer } from "../server.ts";
import { accountUpdated } from "./account-updated.ts";

/** Forgets whoever is signed in: tokens that a client has brought, and what is stored as well. */
export async function logOut(server: AppServer, connection: Connection): Promise<Result<void>> {
  const accounts = await server.accounts();
  const { auth, news, signIns } = accounts;
  await signIns.end();
  if (auth.external()) await auth.logout();
  const out = await auth.logout();
  if (!out.ok) return err(fail("loginNotStored", out.error));
  if (out.value.notRevoked !== undefined) {
    const message = `You are signed out here, but the service did not confirm it (${out.value.notRevoked}); the old token may stay valid until it expires.`;
    server.subscriptions.tell(connection, { method: "warning", params: { threadId: null, message } });
  }
  news.tell(await accountUpdated(accounts));
  return ok(undefined);
}
