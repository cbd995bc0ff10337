import { Type as T, type Static } from "@sinclair/typebox";
import { AbsolutePathBuf } from "../values.ts";

export const Params = T.Object(
  { sourcePath: AbsolutePathBuf, destinationPath: AbsolutePathBuf, recursive: T.Optional(T.Boolean()) },
  { title: "FsCopyParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FsCopyResponse" });
export type Result = Static<typeof Result>;
