import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { ThreadSection, ThreadSectionAppearance } from "../thread.ts";

export const Params = T.Object(
  { sectionId: T.String(), name: T.String(), appearance: OptionalNull(ThreadSectionAppearance) },
  { title: "ThreadSectionUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ section: ThreadSection }, { title: "ThreadSectionUpdateResponse" });
export type Result = Static<typeof Result>;
