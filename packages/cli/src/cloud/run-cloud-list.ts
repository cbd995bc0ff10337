import { stdio } from "@codex/platform/stdio";
import { isObject } from "@codex/protocol/json";
import { refuse } from "../refuse.ts";
import type { CloudFlags } from "./cloud-flags.ts";
import { endCommand } from "./end-command.ts";
import { findEnvironment } from "./find-environment.ts";
import { openCloudTasks, taskUrl } from "./open-cloud-tasks.ts";
import { pickPaint } from "./pick-paint.ts";
import { taskJson, taskLines } from "./show-task.ts";
import { part, readListItem, text } from "./task.ts";

/** `codex cloud list`: one page of the tasks that are not archived. */
export async function runCloudList(flags: CloudFlags): Promise<number> {
  const opened = await openCloudTasks("list", flags);
  if (!opened.ok) return refuse(opened.error);
  const cloud = opened.value;
  const environment = flags.env === undefined ? undefined : await findEnvironment(flags.env, cloud);
  if (environment?.ok === false) return endCommand(environment.error);
  const query = new URLSearchParams({ limit: String(flags.limit ?? mostTasks), task_filter: "current" });
  if (flags.cursor !== undefined) query.set("cursor", flags.cursor);
  if (environment) query.set("environment_id", environment.value);
  const reply = await cloud.ask({ method: "GET", url: `${cloud.url("tasks/list")}?${query}` });
  if (!reply.ok) return endCommand(reply.error);

  const { items, cursor } = part(reply.value);
  if (!Array.isArray(items)) return endCommand("the service answered without a list of tasks; update Codex.");
  const now = Date.now();
  const tasks = items.filter(isObject).map((item) => readListItem(item, now / 1000));
  const next = text(cursor);
  if (flags.json) {
    const list = tasks.map((task) => taskJson(task, taskUrl(cloud, task.id)));
    stdio.out(`${JSON.stringify({ tasks: list, cursor: next ?? null }, null, 2)}\n`);
    return 0;
  }
  if (tasks.length === 0) stdio.out("No tasks found.\n");
  const paint = pickPaint(cloud.env);
  for (const [index, task] of tasks.entries()) {
    const lines = taskLines(task, now, paint).map((line) => `  ${line}`);
    stdio.out(`${index > 0 ? "\n" : ""}${[taskUrl(cloud, task.id), ...lines].join("\n")}\n`);
  }
  if (next !== undefined) stdio.out(`\nTo fetch the next page, run codex cloud list --cursor='${next}'\n`);
  return 0;
}

/** What the service gives at once. */
const mostTasks = 20;
