import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import type { LoginFlags } from "../sign-in/login-flags.ts";

/** `codex logout`. */
export function defineLogout(program: Command, finish: Finish): void {
  const command = program
    .command("logout")
    .description("Forget the stored login, here and at the service")
    .action(async (_options, self: Command) => {
      const { runLogout } = await import("../sign-in/run-logout.ts");
      finish(await runLogout(withParents<LoginFlags>(self)));
    });
  addConfigOptions(command);
}
