import { isObject } from "@codex/protocol/json";

export type TaskStatus = "pending" | "ready" | "applied" | "error";

/** A task of the cloud, as far as lists show it. */
export type Task = {
  id: string;
  title: string;
  status: TaskStatus;
  /** Unix seconds, with fractions. */
  updatedAt: number;
  environmentId: string | null;
  environmentLabel: string | null;
  summary: { filesChanged: number; linesAdded: number; linesRemoved: number };
  isReview: boolean;
  /** How many attempts there are; null where the service does not say. */
  attemptTotal: number | null;
};

/** An item of `tasks/list`; `nowSeconds` stands in for a time that is missing. */
export function readListItem(item: Record<string, unknown>, nowSeconds: number): Task {
  const display = part(item["task_status_display"]);
  const pulls = item["pull_requests"];
  return {
    id: text(item["id"]) ?? "",
    title: text(item["title"]) ?? "",
    updatedAt: number(item["updated_at"]) ?? nowSeconds,
    environmentId: null,
    isReview: Array.isArray(pulls) && pulls.length > 0,
    ...shown(display),
    summary: statsOf(display),
  };
}

/** The answer of `tasks/ID`. */
export function readTask(id: string, details: Record<string, unknown>, nowSeconds: number): Task {
  const task = part(details["task"]);
  const display = part(details["task_status_display"] ?? task["task_status_display"]);
  const turn = part(display["latest_turn_status_display"]);
  const stats = statsOf(display);
  const diff = diffOf(details);
  return {
    id,
    title: text(task["title"]) ?? "<untitled>",
    updatedAt:
      number(task["updated_at"]) ??
      number(task["created_at"]) ??
      number(turn["updated_at"]) ??
      number(turn["created_at"]) ??
      nowSeconds,
    environmentId: text(task["environment_id"]) ?? null,
    isReview: task["is_review"] === true,
    ...shown(display),
    summary: isEmpty(stats) && diff !== undefined ? countDiff(diff) : stats,
  };
}

const shown = (display: Record<string, unknown>): Pick<Task, "status" | "environmentLabel" | "attemptTotal"> => {
  const siblings = part(display["latest_turn_status_display"])["sibling_turn_ids"];
  return {
    status: statusOf(display),
    environmentLabel: text(display["environment_label"]) ?? null,
    attemptTotal: Array.isArray(siblings) ? siblings.length + 1 : null,
  };
};

function statusOf(display: Record<string, unknown>): TaskStatus {
  const turn = text(part(display["latest_turn_status_display"])["turn_status"]);
  if (turn !== undefined) return turnStatuses[turn] ?? "pending";
  return states[text(display["state"]) ?? ""] ?? "pending";
}

const turnStatuses: Readonly<Record<string, TaskStatus>> = { failed: "error", cancelled: "error", completed: "ready" };

const states: Readonly<Record<string, TaskStatus>> = { ready: "ready", applied: "applied", error: "error" };

function statsOf(display: Record<string, unknown>): Task["summary"] {
  const stats = part(part(display["latest_turn_status_display"])["diff_stats"]);
  const count = (name: string): number => Math.max(0, Math.trunc(number(stats[name]) ?? 0));
  return {
    filesChanged: count("files_modified"),
    linesAdded: count("lines_added"),
    linesRemoved: count("lines_removed"),
  };
}

export const isEmpty = ({ filesChanged, linesAdded, linesRemoved }: Task["summary"]): boolean =>
  filesChanged === 0 && linesAdded === 0 && linesRemoved === 0;

/** Headers of files are no lines of them. */
function countDiff(diff: string): Task["summary"] {
  const lines = diff.split("\n");
  const body = lines.filter((line) => !/^(\+\+\+|---|@@)/.test(line));
  return {
    filesChanged: lines.filter((line) => line.startsWith("diff --git ")).length || (diff.trim() === "" ? 0 : 1),
    linesAdded: body.filter((line) => line.startsWith("+")).length,
    linesRemoved: body.filter((line) => line.startsWith("-")).length,
  };
}

/** The diff of a task's own attempt: of the turn that made one, else of the assistant's turn. */
export const diffOf = (details: Record<string, unknown>): string | undefined =>
  turnDiff(part(details["current_diff_task_turn"])) ?? turnDiff(part(details["current_assistant_turn"]));

/** The first diff among what a turn brought, be it a diff or a pull request. */
export function turnDiff(turn: Record<string, unknown>): string | undefined {
  const items = turn["output_items"];
  for (const item of Array.isArray(items) ? items.filter(isObject) : []) {
    const holder = item["type"] === "pr" ? part(item["output_diff"]) : item["type"] === "output_diff" ? item : {};
    const diff = text(holder["diff"]);
    if (diff !== undefined) return diff;
  }
  return undefined;
}

export const part = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
