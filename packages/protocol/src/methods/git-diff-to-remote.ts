import { Type as T, type Static } from "@sinclair/typebox";
import { Path } from "../schema.ts";

export const Params = T.Object({ cwd: Path }, { title: "GitDiffToRemoteParams" });
export type Params = Static<typeof Params>;

export const GitSha = T.String({ title: "GitSha" });
export type GitSha = Static<typeof GitSha>;

export const Result = T.Object({ sha: GitSha, diff: T.String() }, { title: "GitDiffToRemoteResponse" });
export type Result = Static<typeof Result>;
