import { readStdin, stdio } from "@codex/platform/stdio";
import { err, ok, type Result } from "@codex/protocol/result";
import { refuse } from "../refuse.ts";
import type { CloudFlags } from "./cloud-flags.ts";
import { endCommand } from "./end-command.ts";
import { findEnvironment } from "./find-environment.ts";
import { openCloudTasks, taskUrl } from "./open-cloud-tasks.ts";
import { startBranch } from "./start-branch.ts";
import { part, text } from "./task.ts";

/** `codex cloud exec --env ENV QUERY`: gives the cloud a task, and prints where it can be watched. */
export async function runCloudExec(words: string | undefined, flags: CloudFlags): Promise<number> {
  const query = await readQuery(words);
  if (!query.ok) return endCommand(query.error);
  const opened = await openCloudTasks("exec", flags);
  if (!opened.ok) return refuse(opened.error);
  const cloud = opened.value;
  const environment = await findEnvironment(flags.env ?? "", cloud);
  if (!environment.ok) return endCommand(environment.error);
  const attempts = flags.attempts ?? 1;
  const diff = cloud.env.CODEX_STARTING_DIFF;
  const reply = await cloud.ask({
    method: "POST",
    url: cloud.url("tasks"),
    body: {
      new_task: {
        environment_id: environment.value,
        branch: flags.branch?.trim() || (await startBranch(cloud.cwd, cloud.env)),
        run_environment_in_qa_mode: false,
      },
      input_items: [
        { type: "message", role: "user", content: [{ content_type: "text", text: query.value }] },
        ...(diff ? [{ type: "pre_apply_patch", output_diff: { diff } }] : []),
      ],
      ...(attempts > 1 && { metadata: { best_of_n: attempts } }),
    },
  });
  if (!reply.ok) return endCommand(reply.error);
  const answer = part(reply.value);
  const id = text(part(answer["task"])["id"]) ?? text(answer["id"]);
  if (id === undefined) return endCommand("the service took the task and did not say its id; see `codex cloud list`.");
  stdio.out(`${taskUrl(cloud, id)}\n`);
  return 0;
}

/** The words, or standard input for `-` and where there are none. */
async function readQuery(words: string | undefined): Promise<Result<string, string>> {
  if (words !== undefined && words !== "-") return ok(words);
  if (words === undefined) {
    if (stdio.isTerminal("in")) return err("no query provided. Pass one as an argument or pipe it via stdin.");
    stdio.err("Reading query from stdin...\n");
  }
  const read = await readStdin();
  const query = read.type === "text" ? new TextDecoder().decode(read.bytes) : "";
  return query.trim() === "" ? err("no query provided via stdin (received empty input).") : ok(query);
}
