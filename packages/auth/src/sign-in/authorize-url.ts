import { trimmed, type Issuer } from "../endpoints.ts";
import type { Restrictions } from "../restrictions.ts";

export type AuthorizeParams = {
  issuer: Issuer;
  redirectUri: string;
  challenge: string;
  state: string;
  originator: string;
  restrictions: Restrictions;
};

/** Where the browser goes first. Names, values and their order are the original's. */
export function authorizeUrl(params: AuthorizeParams): string {
  const query = new URLSearchParams([
    ["response_type", "code"],
    ["client_id", params.issuer.clientId],
    ["redirect_uri", params.redirectUri],
    ["code_challenge", params.challenge],
    ["code_challenge_method", "S256"],
    ["state", params.state],
    ["scope", "openid profile email offline_access api.connectors.read api.connectors.invoke"],
    ["id_token_add_organizations", "true"],
    ["codex_cli_simplified_flow", "true"],
    ["originator", params.originator],
  ]);
  const { workspaces } = params.restrictions;
  if (workspaces !== undefined) query.set("allowed_workspace_id", workspaces.join(","));
  return `${trimmed(params.issuer.url)}/oauth/authorize?${query.toString()}`;
}
