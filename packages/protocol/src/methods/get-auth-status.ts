import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";
import { AuthMode } from "../values.ts";

export const Params = T.Object(
  { includeToken: Nullable(T.Boolean()), refreshToken: Nullable(T.Boolean()) },
  { title: "GetAuthStatusParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { authMethod: Nullable(AuthMode), authToken: Nullable(T.String()), requiresOpenaiAuth: Nullable(T.Boolean()) },
  { title: "GetAuthStatusResponse" },
);
export type Result = Static<typeof Result>;
