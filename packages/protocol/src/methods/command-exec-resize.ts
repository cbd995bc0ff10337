import { Type as T, type Static } from "@sinclair/typebox";
import { CommandExecTerminalSize } from "../terminal-size.ts";

export const Params = T.Object(
  { processId: T.String(), size: CommandExecTerminalSize },
  { title: "CommandExecResizeParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "CommandExecResizeResponse" });
export type Result = Static<typeof Result>;
