import { Type as T, type Static } from "@sinclair/typebox";
import { AbsolutePathBuf } from "../values.ts";

export const FsReadDirectoryEntry = T.Object(
  { fileName: T.String(), isDirectory: T.Boolean(), isFile: T.Boolean() },
  { title: "FsReadDirectoryEntry" },
);
export type FsReadDirectoryEntry = Static<typeof FsReadDirectoryEntry>;

export const Params = T.Object({ path: AbsolutePathBuf }, { title: "FsReadDirectoryParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ entries: T.Array(FsReadDirectoryEntry) }, { title: "FsReadDirectoryResponse" });
export type Result = Static<typeof Result>;
