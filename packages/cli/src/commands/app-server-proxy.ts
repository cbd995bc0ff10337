import type { Command } from "commander";
import type { Finish } from "../command-entry.ts";

/** `codex app-server proxy`: the standard streams as the way to a server that runs. */
export const defineProxy = (server: Command, finish: Finish): Command =>
  server
    .command("proxy")
    .description("Join standard input and output to the control socket of a running server")
    .option("--sock <path>", "The server's Unix socket; by default that of this Codex home")
    .option(
      "--lines",
      "Speak a JSON object a line, as over stdio; without it, bytes pass as they are (HTTP upgrade, WebSocket)",
    )
    .addHelpText("after", "\nExample:\n  ssh build-machine codex app-server proxy --lines")
    .action(async (options: { sock?: string; lines?: boolean }) => {
      const { runProxy } = await import("../app-server/proxy.ts");
      finish(await runProxy(options));
    });
