import { resizeProcess } from "../client-process/control-process.ts";
import { commandFamily, commandsOf } from "../client-process/families.ts";
import type { Handler } from "../handler.ts";

export const commandExecResize: Handler<"command/exec/resize"> = ({ processId, size }, { connection }) =>
  resizeProcess(commandsOf(connection), commandFamily, processId, size);
