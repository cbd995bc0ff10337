import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "../schema.ts";
import { SubAgentSource } from "../thread.ts";
import { ThreadId } from "../values.ts";

export const ConversationGitInfo = T.Object(
  { sha: Nullable(T.String()), branch: Nullable(T.String()), origin_url: Nullable(T.String()) },
  { title: "ConversationGitInfo" },
);
export type ConversationGitInfo = Static<typeof ConversationGitInfo>;

export const InternalSessionSource = Words(["memory_consolidation", "guardian"], { title: "InternalSessionSource" });
export type InternalSessionSource = Static<typeof InternalSessionSource>;

export const CoreSessionSource = T.Union(
  [
    Words(["cli", "vscode", "exec", "mcp", "unknown"]),
    T.Object({ custom: T.String() }),
    T.Object({ internal: InternalSessionSource }),
    T.Object({ subagent: SubAgentSource }),
  ],
  { title: "CoreSessionSource" },
);
export type CoreSessionSource = Static<typeof CoreSessionSource>;

export const ConversationSummary = T.Object(
  {
    conversationId: ThreadId,
    path: T.String(),
    preview: T.String(),
    timestamp: Nullable(T.String()),
    updatedAt: Nullable(T.String()),
    modelProvider: T.String(),
    cwd: T.String(),
    cliVersion: T.String(),
    source: CoreSessionSource,
    gitInfo: Nullable(ConversationGitInfo),
  },
  { title: "ConversationSummary" },
);
export type ConversationSummary = Static<typeof ConversationSummary>;

export const Params = T.Union([T.Object({ rolloutPath: T.String() }), T.Object({ conversationId: ThreadId })], {
  title: "GetConversationSummaryParams",
});
export type Params = Static<typeof Params>;

export const Result = T.Object({ summary: ConversationSummary }, { title: "GetConversationSummaryResponse" });
export type Result = Static<typeof Result>;
