import { InvalidArgumentError, Option, type Command } from "commander";
import type { Finish } from "../command-entry.ts";
import type { ExecServerFlags } from "../exec-server/compose-executor.ts";
import { addConfigOptions, withParents } from "../shared-options.ts";
import { addWebSocketOptions } from "./websocket-options.ts";

/** `codex exec-server`: processes, files and requests of this machine for a client elsewhere. */
export function defineExecServer(program: Command, finish: Finish): void {
  const server = program
    .command("exec-server")
    .description("Run processes and work on files of this machine for a client elsewhere")
    .option("--listen <url>", "ws://IP:PORT (default, with any free port), or stdio")
    .addOption(
      new Option(
        "--concurrent-requests <count>",
        "How many requests of a connection run at a time; 32 by default",
      ).argParser(count),
    )
    .addHelpText("after", "\nExample:\n  codex exec-server --listen ws://127.0.0.1:4600")
    .action(async (_options, command: Command) => {
      const { runExecServer } = await import("../exec-server/run-exec-server.ts");
      finish(await runExecServer(withParents<ExecServerFlags>(command)));
    });
  addWebSocketOptions(server);
  addConfigOptions(server);
  refuseRemote(server);
}

function count(text: string): number {
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number === 0) throw new InvalidArgumentError("It is not a whole number above 0.");
  return number;
}

/** What the original has to be reached through a service of its maker, and what changes how it confines. */
const remoteOptions: readonly string[] = [
  "--remote <url>",
  "--remote-transport <transport>",
  "--environment-id <id>",
  "--name <name>",
  "--use-agent-identity-auth",
  "--registration-bearer-stdin",
  "--executor-credential-stdin",
  "--chatgpt-token-stdin",
  "--chatgpt-account-id <id>",
  "--aws-sigv4",
  "--aws-profile <profile>",
  "--aws-region <region>",
  "--aws-service <service>",
  "--exit-on-stdin-close",
];
const otherOptions: readonly string[] = ["--linux-sandbox-pid-namespace <mode>", "--proxy-private-ips-via-upstream"];

function refuseRemote(server: Command): void {
  const refuse = (what: string): never =>
    server.error(
      `error: ${what} is not part of this build: it serves clients that connect to it; use --listen ws://IP:PORT or --listen stdio.`,
      { exitCode: 2 },
    );
  for (const flags of [...remoteOptions, ...otherOptions]) {
    const option = new Option(flags).hideHelp();
    server.addOption(option);
    server.on(`option:${option.name()}`, () => refuse(`--${option.name()}`));
  }
  server
    .command("forward", { hidden: true })
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => refuse("`codex exec-server forward`"));
}
