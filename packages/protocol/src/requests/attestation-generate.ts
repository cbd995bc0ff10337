import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({}, { title: "AttestationGenerateParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ token: T.String() }, { title: "AttestationGenerateResponse" });
export type Result = Static<typeof Result>;
