import { clientHeaders, type AuthClient, type AuthHttp } from "./auth-http.ts";
import type { ChatGptTokens } from "./stored-login.ts";

export type RevokeDeps = { url: string; clientId: string; http: AuthHttp; client(): AuthClient };

/** Tells the service that a login is over. Gives why that failed; undefined where it worked. */
export async function revoke(
  { refreshToken, accessToken }: Pick<ChatGptTokens, "refreshToken" | "accessToken">,
  { url, clientId, http, client }: RevokeDeps,
): Promise<string | undefined> {
  const body =
    refreshToken === undefined
      ? { token: accessToken, token_type_hint: "access_token" }
      : { token: refreshToken, token_type_hint: "refresh_token", client_id: clientId };
  const reply = await http({
    method: "POST",
    url,
    headers: { ...clientHeaders(client()), "content-type": "application/json" },
    body: JSON.stringify(body),
    timeoutMs: 10_000,
  });
  if (!reply.ok) return reply.error.cause;
  return reply.value.status >= 200 && reply.value.status < 300 ? undefined : `status ${reply.value.status}`;
}
