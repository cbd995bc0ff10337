import { printable } from "@codex/exec/printable";
import { isEmpty, type Task, type TaskStatus } from "./task.ts";

/** Colours, or none. */
export type Paint = (color: keyof typeof codes, text: string) => string;

const codes = { red: 31, green: 32, blue: 34, magenta: 35, dim: 2 } as const;

export const plainPaint: Paint = (_color, text) => text;

export const colorPaint: Paint = (color, text) => `\x1b[${codes[color]}m${text}\x1b[0m`;

/** Status and title, where and when, and how much was changed. */
export function taskLines(task: Task, nowMs: number, paint: Paint): string[] {
  const place = task.environmentLabel ?? task.environmentId;
  const when = relativeTime(task.updatedAt * 1000, nowMs);
  return [
    `[${paint(statusColors[task.status], task.status.toUpperCase())}] ${oneLine(task.title)}`,
    [...(place === null ? [] : [oneLine(place)]), when].map((part) => paint("dim", part)).join(paint("dim", "  •  ")),
    summaryLine(task.summary, paint),
  ];
}

const statusColors: Record<TaskStatus, keyof typeof codes> = {
  ready: "green",
  pending: "magenta",
  applied: "blue",
  error: "red",
};

function summaryLine(summary: Task["summary"], paint: Paint): string {
  if (isEmpty(summary)) return paint("dim", "no diff");
  const { filesChanged, linesAdded, linesRemoved } = summary;
  const lines = `${paint("green", `+${linesAdded}`)}/${paint("red", `-${linesRemoved}`)}`;
  return `${lines} ${paint("dim", "•")} ${countFiles(filesChanged)}`;
}

export const countFiles = (count: number): string => `${count} file${count === 1 ? "" : "s"}`;

/** What the service sends may hold anything. */
const oneLine = (text: string): string => printable(text).replace(/\s+/g, " ").trim();

/** `5m ago` up to a day, then day and hour in local time. */
export function relativeTime(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - thenMs) / 1000));
  if (seconds < 60) return `${seconds}s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h ago`;
  const then = new Date(thenMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${months[then.getMonth()]} ${String(then.getDate()).padStart(2)} ${two(then.getHours())}:${two(then.getMinutes())}`;
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A task in the list that programs read. */
export const taskJson = (task: Task, url: string): Record<string, unknown> => ({
  id: task.id,
  url,
  title: task.title,
  status: task.status,
  updated_at: rfc3339(task.updatedAt),
  environment_id: task.environmentId,
  environment_label: task.environmentLabel,
  summary: {
    files_changed: task.summary.filesChanged,
    lines_added: task.summary.linesAdded,
    lines_removed: task.summary.linesRemoved,
  },
  is_review: task.isReview,
  attempt_total: task.attemptTotal,
});

/** Whole seconds stay without a fraction; any other has milliseconds. */
const rfc3339 = (seconds: number): string => new Date(Math.max(0, seconds) * 1000).toISOString().replace(".000Z", "Z");
