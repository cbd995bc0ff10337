import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";

/** `codex responses-api-proxy` behind options of `codex` itself: the proxy reads its own words. */
export const defineResponsesApiProxy = (program: Command, finish: Finish): Command =>
  program
    .command("responses-api-proxy", { hidden: true })
    .description("Pass requests on to the Responses API with a key that their senders never see")
    .allowUnknownOption()
    .argument("[words...]", "see `codex responses-api-proxy --help`")
    .action(async (words: string[]) => {
      const { proxyCommand } = await import("../proxy-command.ts");
      finish(await proxyCommand(words));
    });
