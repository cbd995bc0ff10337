import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, Uint64 } from "../schema.ts";

export const EnvironmentSkillsParams = T.Object(
  { required: OptionalNull(T.Array(T.String())) },
  { title: "EnvironmentSkillsParams" },
);
export type EnvironmentSkillsParams = Static<typeof EnvironmentSkillsParams>;

export const Params = T.Object(
  {
    environmentId: T.String(),
    execServerUrl: T.String(),
    authBearerToken: OptionalNull(T.String()),
    websocketRequestId: OptionalNull(T.String()),
    connectTimeoutMs: OptionalNull(Uint64),
    skills: OptionalNull(EnvironmentSkillsParams),
  },
  { title: "EnvironmentAddParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "EnvironmentAddResponse" });
export type Result = Static<typeof Result>;
