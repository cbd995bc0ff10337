import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";
import { PathUri } from "../values.ts";

export const Params = T.Object({ environmentId: T.String() }, { title: "EnvironmentInfoParams" });
export type Params = Static<typeof Params>;

export const EnvironmentShellInfo = T.Object({ name: T.String(), path: T.String() }, { title: "EnvironmentShellInfo" });
export type EnvironmentShellInfo = Static<typeof EnvironmentShellInfo>;

export const Result = T.Object(
  { shell: EnvironmentShellInfo, cwd: Nullable(PathUri) },
  { title: "EnvironmentInfoResponse" },
);
export type Result = Static<typeof Result>;
