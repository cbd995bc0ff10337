import type { Result } from "@codex/protocol/result";
import { wholeBase } from "@codex/auth/backend/backend-base";
import type { CloudFlags } from "./cloud-flags.ts";
import { openCloud, type Cloud } from "./open-cloud.ts";

/** The task service for one of `codex cloud`'s commands, which its user agent names. */
export const openCloudTasks = (command: string, flags: CloudFlags): Promise<Result<Cloud>> =>
  openCloud(flags, {
    base: (env, configured) => env.CODEX_CLOUD_TASKS_BASE_URL || configured,
    headers: ({ userAgent }) => ({ "user-agent": `${userAgent} (codex_cloud_tasks_${command})` }),
    notSignedIn: "Error: Not signed in. Please run 'codex login' to sign in with ChatGPT, then re-run 'codex cloud'.",
  });

/** The page of a task. */
export function taskUrl({ base }: Pick<Cloud, "base">, id: string): string {
  const site = wholeBase(base).replace(/\/(backend-api|api\/codex)$/, "");
  return site.endsWith("/codex") ? `${site}/tasks/${id}` : `${site}/codex/tasks/${id}`;
}

/** The id, also from the address of a task's page. */
export const readTaskId = (words: string): string | undefined => {
  const id = words.trim().split(/[?#]/)[0]?.split("/").at(-1)?.trim();
  return id === "" ? undefined : id;
};
