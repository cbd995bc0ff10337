import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, Int32, Int64, OptionalNull, OrNull, Path, Uint } from "../schema.ts";
import { CommandExecTerminalSize } from "../terminal-size.ts";
import { SandboxPolicy } from "../thread.ts";

export const Params = T.Object(
  {
    command: T.Array(T.String()),
    processId: OptionalNull(T.String()),
    tty: T.Optional(T.Boolean()),
    streamStdin: T.Optional(T.Boolean()),
    streamStdoutStderr: T.Optional(T.Boolean()),
    outputBytesCap: OptionalNull(Uint),
    disableOutputCap: T.Optional(T.Boolean()),
    disableTimeout: T.Optional(T.Boolean()),
    timeoutMs: OptionalNull(Int64),
    cwd: OptionalNull(Path),
    env: OptionalNull(T.Record(T.String(), OrNull(T.String()))),
    size: OptionalNull(CommandExecTerminalSize),
    sandboxPolicy: OptionalNull(SandboxPolicy),
    permissionProfile: Experimental(OptionalNull(T.String())),
  },
  { title: "CommandExecParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { exitCode: Int32, stdout: T.String(), stderr: T.String() },
  { title: "CommandExecResponse" },
);
export type Result = Static<typeof Result>;
