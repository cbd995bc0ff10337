import { Type as T, type Static } from "@sinclair/typebox";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ path: AbsolutePathBuf }, { title: "FsReadFileParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ dataBase64: T.String() }, { title: "FsReadFileResponse" });
export type Result = Static<typeof Result>;
