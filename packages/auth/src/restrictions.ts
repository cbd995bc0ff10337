import type { Account, Credentials } from "./credentials.ts";

/** What the configuration allows: `forced_login_method`, and the workspaces of `forced_chatgpt_workspace_id`. */
export type Restrictions = {
  method: "chatgpt" | "api" | undefined;
  /** Undefined: every one. */
  workspaces: readonly string[] | undefined;
};

export const unrestricted: Restrictions = { method: undefined, workspaces: undefined };

/** As they stand in a config. */
export function readRestrictions(config: {
  readonly forced_login_method?: "chatgpt" | "api" | undefined;
  readonly forced_chatgpt_workspace_id?: string | readonly string[] | undefined;
}): Restrictions {
  const asked = config.forced_chatgpt_workspace_id;
  const workspaces = (typeof asked === "string" ? [asked] : (asked ?? []))
    .map((id) => id.trim())
    .filter((id) => id !== "");
  return { method: config.forced_login_method, workspaces: workspaces.length === 0 ? undefined : workspaces };
}

/** Why credentials may not be used; undefined where they may. The stored login is left as it is. */
export function refusalOf(credentials: Credentials, restrictions: Restrictions): string | undefined {
  if (credentials.mode === "apiKey") {
    return restrictions.method === "chatgpt"
      ? "ChatGPT login is required, but an API key is currently being used. Run `codex login`."
      : undefined;
  }
  if (restrictions.method === "api") {
    return "API key login is required, but ChatGPT is currently being used. Run `codex login --with-api-key`.";
  }
  // Whose a personal access token is shows only when the service is asked.
  return credentials.mode === "personalAccessToken" ? undefined : workspaceRefusal(credentials, restrictions);
}

/** Why an account may not be used. */
export function workspaceRefusal(
  { accountId }: Pick<Account, "accountId">,
  { workspaces }: Restrictions,
): string | undefined {
  if (workspaces === undefined || (accountId !== undefined && workspaces.includes(accountId))) return undefined;
  return `Login is restricted to workspace(s) ${workspaces.join(", ")}, but current credentials belong to ${accountId ?? "no workspace"}. Run \`codex login\` and choose one of them.`;
}
