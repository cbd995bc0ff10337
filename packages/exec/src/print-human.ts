import type { ThreadItem } from "@codex/protocol/items";
import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import type { PlanStep } from "@codex/protocol/notifications";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { errorText } from "./error-text.ts";
import type { ExecIo, ExecOptions } from "./options.ts";
import type { Printer, Writers } from "./printer.ts";
import { allPrintable } from "./printable.ts";

/** For people: everything on standard error, and the last message alone on standard output. */
export function printHuman(io: Writers & Pick<ExecIo, "sameScreen">, options: ExecOptions): Printer {
  const paint = options.color ? styles : plain;
  const line = (text: string) => io.err(`${text}\n`);
  let tokens: number | undefined;

  const banner = (opened: ThreadOpened) => {
    line(`OpenAI Codex v${options.version}`);
    line("--------");
    const rows = {
      workdir: opened.cwd,
      model: opened.model,
      provider: opened.modelProvider,
      approval: typeof opened.approvalPolicy === "string" ? opened.approvalPolicy : "granular",
      sandbox: sandboxLine(opened.sandbox),
      "reasoning effort": opened.reasoningEffort ?? options.reasoningEffort,
      "reasoning summaries": options.reasoningSummary,
      "session id": opened.thread.id,
    };
    for (const [name, value] of Object.entries(rows)) line(`${paint.bold(`${name}:`)} ${value}`);
    line("--------");
  };

  const itemStarted = (item: ThreadItem) => {
    if (item.type === "commandExecution") {
      line(`${paint.heading("exec")}\n${paint.bold(item.command)} in ${item.cwd}`);
    } else if (item.type === "fileChange") {
      line(paint.heading("apply patch"));
    }
  };

  const itemCompleted = (item: ThreadItem) => {
    switch (item.type) {
      case "agentMessage":
        return line(`${paint.heading("codex")}\n${item.text}${item.incomplete ? paint.dim(" [cut off]") : ""}`);
      case "reasoning": {
        if (options.hideReasoning) return undefined;
        const raw = options.showRawReasoning ? item.content : [];
        const text = [...item.summary, ...raw].join("\n\n");
        return text === "" ? undefined : line(paint.dim(text));
      }
      case "commandExecution": {
        line(commandResult(item, paint));
        const output = item.aggregatedOutput ?? "";
        return output === "" ? undefined : line(paint.dim(output.replace(/\n$/, "")));
      }
      case "fileChange":
        line(`patch: ${item.status}`);
        for (const { path, kind } of item.changes) {
          line(kind.type === "update" && kind.move_path !== null ? `${path} -> ${kind.move_path}` : path);
        }
        return undefined;
      case "webSearch":
        return line(`${paint.heading("web search")} ${item.query}`);
      case "imageView":
        return line(`${paint.heading("view image")} ${item.path}`);
      case "contextCompaction":
        return line(paint.dim("context compacted"));
      case "userMessage":
        return undefined;
    }
  };

  return {
    started: (opened, prompt) => {
      banner(opened);
      line(`${paint.user("user")}\n${prompt}`);
    },
    show: (notification) => {
      // Never shown, and there may be many thousand.
      if (/delta$/i.test(notification.method)) return;
      const { method, params } = allPrintable(notification);
      if (method === "item/started") itemStarted(params.item);
      else if (method === "item/completed") itemCompleted(params.item);
      else if (method === "turn/plan/updated") line(planText(params.plan, paint));
      else if (method === "thread/tokenUsage/updated") tokens = spent(params.tokenUsage.total);
      else if (method === "warning" || method === "guardianWarning")
        line(`${paint.warning("warning:")} ${params.message}`);
      else if (method === "configWarning") line(`${paint.warning("warning:")} ${params.summary}`);
      else if (method === "model/rerouted")
        line(`${paint.warning("warning:")} model rerouted: ${params.fromModel} -> ${params.toModel}`);
      else if (method === "error" && params.willRetry) line(`${paint.warning("warning:")} ${errorText(params.error)}`);
      else if (method === "turn/completed") {
        const { status, error } = params.turn;
        if (status === "failed") line(`${paint.error("ERROR:")} ${error?.message ?? "the turn failed"}`);
        if (status === "interrupted") line(`${paint.error("ERROR:")} interrupted`);
      }
    },
    finished: (lastMessage) => {
      line(`${paint.dim("tokens used")}\n${tokens === undefined ? "unknown" : withThousands(tokens)}`);
      if (lastMessage !== undefined && !io.sameScreen) io.out(`${lastMessage}\n`);
    },
  };
}

/** 12,345; not by toLocaleString, for which the runtime loads the number formats of the world: 2 ms at the end of each run. */
const withThousands = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** What the thread has cost so far, without what came from the cache. */
const spent = (total: { totalTokens: number; cachedInputTokens: number }): number =>
  Math.max(0, total.totalTokens - total.cachedInputTokens);

function commandResult(item: Extract<ThreadItem, { type: "commandExecution" }>, paint: Paint): string {
  const took = `in ${item.durationMs ?? 0}ms`;
  if (item.status === "declined") return paint.error(" declined");
  if (item.exitCode === 0) return paint.success(` succeeded ${took}:`);
  return paint.error(item.exitCode === null ? ` ended ${took}:` : ` exited ${item.exitCode} ${took}:`);
}

function sandboxLine(policy: SandboxPolicy): string {
  switch (policy.type) {
    case "dangerFullAccess":
      return "danger-full-access";
    case "readOnly":
      return `read-only${policy.networkAccess ? " (network access enabled)" : ""}`;
    case "externalSandbox":
      return `external-sandbox${policy.networkAccess === "enabled" ? " (network access enabled)" : ""}`;
    case "workspaceWrite": {
      const roots = [
        "workdir",
        ...(policy.excludeSlashTmp ? [] : ["/tmp"]),
        ...(policy.excludeTmpdirEnvVar ? [] : ["$TMPDIR"]),
        ...policy.writableRoots,
      ];
      return `workspace-write [${roots.join(", ")}]${policy.networkAccess ? " (network access enabled)" : ""}`;
    }
  }
}

function planText(plan: PlanStep[], paint: Paint): string {
  const marks = { completed: "✓", inProgress: "→", pending: "•" } as const;
  return [paint.heading("plan"), ...plan.map(({ step, status }) => `  ${marks[status]} ${step}`)].join("\n");
}

type Paint = Record<"bold" | "dim" | "heading" | "user" | "success" | "error" | "warning", (text: string) => string>;

const sgr = (code: string) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const same = (text: string): string => text;

const styles: Paint = {
  bold: sgr("1"),
  dim: sgr("2"),
  heading: sgr("35;3"),
  user: sgr("36"),
  success: sgr("32"),
  error: sgr("31"),
  warning: sgr("33"),
};
const plain: Paint = { bold: same, dim: same, heading: same, user: same, success: same, error: same, warning: same };
