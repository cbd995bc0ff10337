import { writeProcess } from "../client-process/control-process.ts";
import { processesOf, processFamily } from "../client-process/families.ts";
import type { Handler } from "../handler.ts";

export const processWriteStdin: Handler<"process/writeStdin"> = (params, { connection }) =>
  writeProcess(processesOf(connection), processFamily, params.processHandle, params);
