import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";
import { WindowsSandboxSetupMode } from "../windows-sandbox.ts";

export const Params = T.Object(
  { mode: WindowsSandboxSetupMode, cwd: OptionalNull(AbsolutePathBuf) },
  { title: "WindowsSandboxSetupStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ started: T.Boolean() }, { title: "WindowsSandboxSetupStartResponse" });
export type Result = Static<typeof Result>;
