import { writeProcess } from "../client-process/control-process.ts";
import { commandFamily, commandsOf } from "../client-process/families.ts";
import type { Handler } from "../handler.ts";

export const commandExecWrite: Handler<"command/exec/write"> = (params, { connection }) =>
  writeProcess(commandsOf(connection), commandFamily, params.processId, params);
