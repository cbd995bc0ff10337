import { type Static } from "@sinclair/typebox";
import { Words } from "./schema.ts";

export const ThreadSourceKind = Words(
  [
    "cli",
    "vscode",
    "exec",
    "appServer",
    "subAgent",
    "subAgentReview",
    "subAgentCompact",
    "subAgentThreadSpawn",
    "subAgentOther",
    "unknown",
  ],
  { title: "ThreadSourceKind" },
);
export type ThreadSourceKind = Static<typeof ThreadSourceKind>;
