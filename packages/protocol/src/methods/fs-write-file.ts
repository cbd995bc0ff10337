import { Type as T, type Static } from "@sinclair/typebox";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ path: AbsolutePathBuf, dataBase64: T.String() }, { title: "FsWriteFileParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FsWriteFileResponse" });
export type Result = Static<typeof Result>;
