import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { ThreadSection, ThreadSectionAppearance } from "../thread.ts";

export const Params = T.Object(
  { name: T.String(), appearance: OptionalNull(ThreadSectionAppearance) },
  { title: "ThreadSectionCreateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ section: ThreadSection }, { title: "ThreadSectionCreateResponse" });
export type Result = Static<typeof Result>;
