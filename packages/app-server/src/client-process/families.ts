import { ofConnection } from "../of-connection.ts";
import { ClientProcesses } from "./client-processes.ts";
import type { ProcessFamily } from "./control-process.ts";

/** The sandboxed commands and the plain processes of a client; their ids have nothing to do with each other. */
export const commandsOf = ofConnection(() => new ClientProcesses());
export const processesOf = ofConnection(() => new ClientProcesses());

export const commandFamily: ProcessFamily = {
  name: "command/exec",
  unknown: "command/exec for process id",
  kind: "command/exec",
  write: "command/exec/write",
};

export const processFamily: ProcessFamily = {
  name: "process",
  unknown: "process for process handle",
  kind: "process",
  write: "process/writeStdin",
};
