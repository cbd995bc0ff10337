import { printable } from "@codex/exec/printable";
import { stdio } from "@codex/platform/stdio";
import { refuse } from "../refuse.ts";
import { applyDiff } from "./apply-diff.ts";
import type { CloudFlags } from "./cloud-flags.ts";
import { statusLine } from "@codex/auth/backend/describe-failure";
import { endCommand } from "./end-command.ts";
import { openCloud } from "./open-cloud.ts";
import { readTaskId } from "./open-cloud-tasks.ts";
import { counts, listFiles } from "./say-applied.ts";
import { diffOf, part } from "./task.ts";

/** `codex apply TASK`: brings the latest diff of a task into this checkout. */
export async function runApply(words: string, flags: CloudFlags): Promise<number> {
  const id = readTaskId(words);
  if (id === undefined) return endCommand("task id must not be empty");
  const opened = await openCloud(flags, {
    base: (_env, configured) => configured,
    headers: ({ originator, userAgent }, residency) => ({
      originator,
      "user-agent": userAgent,
      "oai-product-sku": "codex",
      "content-type": "application/json",
      ...(residency !== undefined && { "x-openai-internal-codex-residency": residency }),
    }),
    notSignedIn: "Error: Not signed in with ChatGPT. Run `codex login`, then `codex apply` again.",
  });
  if (!opened.ok) return refuse(opened.error);
  const { ask, base, cwd, env } = opened.value;
  // under every base by this name and with nothing added to the base, as the original asks for it
  const reply = await ask({ method: "GET", url: `${base.replace(/\/+$/, "")}/wham/tasks/${encodeURIComponent(id)}` });
  if (!reply.ok) {
    const { error } = reply;
    if (error.kind !== "refused") return endCommand(error);
    return endCommand(`Request failed with status ${statusLine(error.status)}: ${printable(error.body).slice(0, 500)}`);
  }
  const details = part(reply.value);
  const diff = diffOf(details);
  if (diff === undefined) {
    return endCommand(details["current_diff_task_turn"] ? "No PR output item found" : "No diff turn found");
  }
  const applied = await applyDiff(diff, cwd, env);
  if (!applied.ok) return endCommand(applied.error);
  const { files, stdout, stderr } = applied.value;
  if (applied.value.conflicts.length > 0 || files.length === 0) {
    const said = `stdout:\n${printable(stdout)}\nstderr:\n${printable(stderr)}`;
    return endCommand(`Git apply failed (${counts(applied.value)})\n${said}`);
  }
  stdio.out(`Successfully applied diff\n${listFiles(files)}`);
  return 0;
}
