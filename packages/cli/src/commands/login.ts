import { Option, type Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import type { LoginFlags } from "../sign-in/login-flags.ts";

/** `codex login`, `codex login status`. */
export function defineLogin(program: Command, finish: Finish): void {
  const login = program
    .command("login")
    .description("Sign in: with ChatGPT in the browser, or as the options say")
    .option("--with-api-key", "Store an API key that is read from stdin")
    .option("--with-access-token", "Store a personal access token that is read from stdin")
    .option("--device-auth", "Sign in with a code that you type into a browser on any machine")
    // Words of the original that scripts and tests may use.
    .addOption(new Option("--api-key [key]").hideHelp())
    .addOption(new Option("--experimental_issuer <url>").hideHelp())
    .addOption(new Option("--experimental_client-id <id>").hideHelp())
    .helpCommand("help [command]", "Print this message or the help of the given command")
    .addHelpText("after", "\nExample:\n  printenv OPENAI_API_KEY | codex login --with-api-key")
    .action(async (_options, self: Command) => {
      const { runLogin } = await import("../sign-in/run-login.ts");
      finish(await runLogin(withParents<LoginFlags>(self)));
    });
  addConfigOptions(login);
  const status = login
    .command("status")
    .description("Say who is signed in, without asking the service")
    .action(async (_options, self: Command) => {
      const { runLoginStatus } = await import("../sign-in/run-login-status.ts");
      finish(await runLoginStatus(withParents<LoginFlags>(self)));
    });
  addConfigOptions(status);
}
