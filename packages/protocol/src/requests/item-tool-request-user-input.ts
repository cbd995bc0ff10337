import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Nullable, Uint64 } from "../schema.ts";

export const ToolRequestUserInputAnswer = T.Object(
  { answers: T.Array(T.String()) },
  { title: "ToolRequestUserInputAnswer" },
);
export type ToolRequestUserInputAnswer = Static<typeof ToolRequestUserInputAnswer>;

export const ToolRequestUserInputOption = T.Object(
  { label: T.String(), description: T.String() },
  { title: "ToolRequestUserInputOption" },
);
export type ToolRequestUserInputOption = Static<typeof ToolRequestUserInputOption>;

export const ToolRequestUserInputQuestion = T.Object(
  {
    id: T.String(),
    header: T.String(),
    question: T.String(),
    isOther: Defaulted(T.Boolean(), false),
    isSecret: Defaulted(T.Boolean(), false),
    options: Nullable(T.Array(ToolRequestUserInputOption)),
  },
  { title: "ToolRequestUserInputQuestion" },
);
export type ToolRequestUserInputQuestion = Static<typeof ToolRequestUserInputQuestion>;

export const Params = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    itemId: T.String(),
    questions: T.Array(ToolRequestUserInputQuestion),
    isBlocking: T.Boolean(),
    autoResolutionMs: Nullable(Uint64),
  },
  { title: "ToolRequestUserInputParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { answers: T.Record(T.String(), ToolRequestUserInputAnswer) },
  { title: "ToolRequestUserInputResponse" },
);
export type Result = Static<typeof Result>;
