import { Type as T, type Static } from "@sinclair/typebox";
import { ProcessTerminalSize } from "../terminal-size.ts";

export const Params = T.Object(
  { processHandle: T.String(), size: ProcessTerminalSize },
  { title: "ProcessResizePtyParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ProcessResizePtyResponse" });
export type Result = Static<typeof Result>;
