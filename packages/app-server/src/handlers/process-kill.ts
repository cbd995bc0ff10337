import { killProcess } from "../client-process/control-process.ts";
import { processesOf, processFamily } from "../client-process/families.ts";
import type { Handler } from "../handler.ts";

export const processKill: Handler<"process/kill"> = ({ processHandle }, { connection }) =>
  killProcess(processesOf(connection), processFamily, processHandle);
