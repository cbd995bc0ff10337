import type { Command } from "commander";

/** For a command that can be the client of a server that runs already. */
export type RemoteFlags = { remote?: string; remoteAuthTokenEnv?: string };

export const addRemoteOptions = (command: Command): Command =>
  command
    .option("--remote <address>", "Use the app server at ws://HOST:PORT, wss://HOST:PORT, unix:// or unix://PATH")
    .option("--remote-auth-token-env <variable>", "The variable with the token that the server wants");
