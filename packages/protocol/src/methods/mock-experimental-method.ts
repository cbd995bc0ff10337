import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull } from "../schema.ts";

export const Params = T.Object({ value: OptionalNull(T.String()) }, { title: "MockExperimentalMethodParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ echoed: Nullable(T.String()) }, { title: "MockExperimentalMethodResponse" });
export type Result = Static<typeof Result>;
