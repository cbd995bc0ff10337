import { Type as T, type Static } from "@sinclair/typebox";
import { Uint16 } from "./schema.ts";

export const CommandExecTerminalSize = T.Object({ rows: Uint16, cols: Uint16 }, { title: "CommandExecTerminalSize" });
export type CommandExecTerminalSize = Static<typeof CommandExecTerminalSize>;

export const ProcessTerminalSize = T.Object({ rows: Uint16, cols: Uint16 }, { title: "ProcessTerminalSize" });
export type ProcessTerminalSize = Static<typeof ProcessTerminalSize>;
