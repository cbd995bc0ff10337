import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  { path: AbsolutePathBuf, recursive: OptionalNull(T.Boolean()) },
  { title: "FsCreateDirectoryParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FsCreateDirectoryResponse" });
export type Result = Static<typeof Result>;
