import { resizeProcess } from "../client-process/control-process.ts";
import { processesOf, processFamily } from "../client-process/families.ts";
import type { Handler } from "../handler.ts";

export const processResizePty: Handler<"process/resizePty"> = ({ processHandle, size }, { connection }) =>
  resizeProcess(processesOf(connection), processFamily, processHandle, size);
