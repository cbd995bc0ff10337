import { readRestrictions, type Restrictions } from "@codex/auth/restrictions";
import type { Auth } from "@codex/auth/open-auth";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { currentEnvironment, type Environment } from "@codex/platform/env";
import { ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { loadInput } from "../load-input.ts";
import { openProgramAuth } from "../program-auth.ts";
import type { LoginFlags } from "./login-flags.ts";

export type Login = { auth: Auth; restrictions: Restrictions; codexHome: string; env: Environment; logFolder: string };

/** The credentials and what the config allows, for commands that change them. */
export async function openLogin(flags: LoginFlags): Promise<Result<Login>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const loaded = await loadConfig(loadInput(flags, home.value, process.cwd(), env));
  if (!loaded.ok) return loaded;
  const { config } = loaded.value;
  const logFolder = config.log_dir ?? join(home.value, "log");
  const auth = await openProgramAuth({ codexHome: home.value, env, config, environmentKey: "last" });
  return ok({ auth, restrictions: readRestrictions(config), codexHome: home.value, env, logFolder });
}
