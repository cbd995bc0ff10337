import { Type as T, type Static } from "@sinclair/typebox";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ watchId: T.String(), path: AbsolutePathBuf }, { title: "FsWatchParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ path: AbsolutePathBuf }, { title: "FsWatchResponse" });
export type Result = Static<typeof Result>;
