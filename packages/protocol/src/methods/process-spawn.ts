import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, OptionalNull, OrNull, Uint } from "../schema.ts";
import { ProcessTerminalSize } from "../terminal-size.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  {
    command: T.Array(T.String()),
    processHandle: T.String(),
    cwd: AbsolutePathBuf,
    tty: T.Optional(T.Boolean()),
    streamStdin: T.Optional(T.Boolean()),
    streamStdoutStderr: T.Optional(T.Boolean()),
    outputBytesCap: OptionalNull(Uint),
    timeoutMs: OptionalNull(Int64),
    env: OptionalNull(T.Record(T.String(), OrNull(T.String()))),
    size: OptionalNull(ProcessTerminalSize),
  },
  { title: "ProcessSpawnParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ProcessSpawnResponse" });
export type Result = Static<typeof Result>;
