import { Type as T, type Static } from "@sinclair/typebox";
import { Int64 } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object({ path: AbsolutePathBuf }, { title: "FsGetMetadataParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { isDirectory: T.Boolean(), isFile: T.Boolean(), isSymlink: T.Boolean(), createdAtMs: Int64, modifiedAtMs: Int64 },
  { title: "FsGetMetadataResponse" },
);
export type Result = Static<typeof Result>;
