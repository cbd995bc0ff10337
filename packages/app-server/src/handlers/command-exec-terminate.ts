import { killProcess } from "../client-process/control-process.ts";
import { commandFamily, commandsOf } from "../client-process/families.ts";
import type { Handler } from "../handler.ts";

export const commandExecTerminate: Handler<"command/exec/terminate"> = ({ processId }, { connection }) =>
  killProcess(commandsOf(connection), commandFamily, processId);
