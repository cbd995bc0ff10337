import { stdio } from "@codex/platform/stdio";
import { refuse } from "../refuse.ts";
import type { LoginFlags } from "./login-flags.ts";
import { openLogin } from "./open-login.ts";

/** `codex logout`: forgets the login here whatever the service says. */
export async function runLogout(flags: LoginFlags): Promise<number> {
  const login = await openLogin(flags);
  if (!login.ok) return refuse(login.error);
  const { auth, env } = login.value;
  const out = await auth.logout();
  if (!out.ok) {
    stdio.err(`Error logging out: ${out.error}\n`);
    return 1;
  }
  const { removed, notRevoked } = out.value;
  stdio.err(removed ? "Successfully logged out\n" : "Not logged in\n");
  if (notRevoked !== undefined) {
    stdio.err(
      `warning: the service did not confirm it (${notRevoked}); the old token may stay valid until it expires.\n`,
    );
  }
  for (const name of ["CODEX_API_KEY", "CODEX_ACCESS_TOKEN"]) {
    if (env[name]) stdio.err(`${name} is set in the environment and still counts.\n`);
  }
  return 0;
}
