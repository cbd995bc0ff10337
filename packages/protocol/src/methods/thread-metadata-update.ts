import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, OptionalNull } from "../schema.ts";
import { Thread } from "../thread.ts";

export const ThreadMetadataGitInfoUpdateParams = T.Object(
  { sha: OptionalNull(T.String()), branch: OptionalNull(T.String()), originUrl: OptionalNull(T.String()) },
  { title: "ThreadMetadataGitInfoUpdateParams" },
);
export type ThreadMetadataGitInfoUpdateParams = Static<typeof ThreadMetadataGitInfoUpdateParams>;

export const Params = T.Object(
  {
    threadId: T.String(),
    projectId: Experimental(OptionalNull(T.String())),
    gitInfo: OptionalNull(ThreadMetadataGitInfoUpdateParams),
    daybreakEnabled: Experimental(OptionalNull(T.Boolean())),
  },
  { title: "ThreadMetadataUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ thread: Thread }, { title: "ThreadMetadataUpdateResponse" });
export type Result = Static<typeof Result>;
