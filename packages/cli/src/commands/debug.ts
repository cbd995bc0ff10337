import { stdio } from "@codex/platform/stdio";
import type { Result } from "@codex/protocol/result";
import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";
import { refuse } from "../refuse.ts";
import { addConfigOptions, addSharedOptions, withParents, type SharedOptions } from "../shared-options.ts";
import type { ExecFlags } from "./exec-options.ts";
import { addSandboxRun } from "./sandbox.ts";

/** `codex debug …`: what a run would work with, as JSON. Nothing is sent. */
export function defineDebug(program: Command, finish: Finish): void {
  const debug = program
    .command("debug")
    .description("Show what Codex works with")
    .helpCommand("help [command]", "Print this message or the help of the given command");

  const promptInput = debug
    .command("prompt-input")
    .description("Print the input that the model would get for a prompt, as JSON; nothing is sent, no key is needed")
    .argument("[prompt]", "The prompt, last in the list")
    .option("--tools", "Print the tools too, and an estimate of what each part costs in tokens")
    .addHelpText("after", '\nExample:\n  codex debug prompt-input --tools "fix the tests"')
    .action(async (prompt: string | undefined, options: { tools?: boolean }, command: Command) => {
      const { showPromptInput } = await import("../show-prompt-input.ts");
      const flags = withParents<ExecFlags>(command);
      finish(print(await showPromptInput({ prompt, flags, tools: options.tools === true }), 2));
    });
  addSharedOptions(promptInput);

  const models = debug
    .command("models")
    .description("Print the models that Codex knows, as JSON")
    .option("--bundled", "Those that come with Codex, whatever the config says")
    .action(async (options: { bundled?: boolean }, command: Command) => {
      const { showModels } = await import("../show-models.ts");
      finish(print(await showModels(withParents<ExecFlags>(command), options.bundled === true), 0));
    });
  addSharedOptions(models);

  const appServer = debug
    .command("app-server")
    .description("Watch the app server's protocol")
    .helpCommand("help [command]", "Print this message or the help of the given command");
  const sendMessage = appServer
    .command("send-message-v2")
    .description("Say something in a new thread and print every message of client and server")
    .argument("<message>", "What to say")
    .action(async (message: string, _options, command: Command) => {
      const [{ prepareServer }, { sendMessage: send }] = await Promise.all([
        import("../app-server/run-app-server.ts"),
        import("../app-server/send-message.ts"),
      ]);
      const prepared = await prepareServer(withParents<SharedOptions>(command));
      if (!prepared.ok) return finish(refuse(prepared.error));
      const { loaded, makeServer } = prepared.value;
      return finish(loaded.ok ? await send(makeServer(), message) : refuse(loaded.error));
    });
  addConfigOptions(sendMessage);

  program.enablePositionalOptions();
  appServer.enablePositionalOptions();
  debug.enablePositionalOptions();
  for (const [name, platform] of Object.entries(sandboxAliases)) addSandboxRun(debug, name, platform, finish);
}

const sandboxAliases = { landlock: "linux", seatbelt: "macos" } as const;

function print(shown: Result<unknown>, indent: number): number {
  if (!shown.ok) return refuse(shown.error);
  stdio.out(`${JSON.stringify(shown.value, null, indent)}\n`);
  return 0;
}
