import { expect, test } from "bun:test";
import { colorPaint, plainPaint, relativeTime, taskJson, taskLines } from "./show-task.ts";
import { readTask, type Task } from "./task.ts";

const minute = 60_000;
const now = new Date(2026, 2, 9, 12, 0).getTime();

test.each([
  [now + minute, "0s ago"],
  [now - 59_999, "59s ago"],
  [now - minute, "1m ago"],
  [now - 59 * minute, "59m ago"],
  [now - 24 * 60 * minute + 1, "23h ago"],
  [new Date(2026, 2, 8, 9, 5).getTime(), "Mar  8 09:05"],
  [new Date(2025, 11, 24, 23, 59).getTime(), "Dec 24 23:59"],
])("tells a time as people do", (then, told) => {
  expect(relativeTime(then, now)).toBe(told);
});

const task: Task = {
  id: "t",
  title: "A\n\x1b[2Jtitle\t!",
  status: "applied",
  updatedAt: now / 1000,
  environmentId: "env-1",
  environmentLabel: null,
  summary: { filesChanged: 2, linesAdded: 10, linesRemoved: 0 },
  isReview: false,
  attemptTotal: null,
};

test("shows a task in three lines, whatever its title holds", () => {
  expect(taskLines(task, now, plainPaint)).toEqual(["[APPLIED] A title !", "env-1  •  0s ago", "+10/-0 • 2 files"]);
  expect(taskLines(task, now, colorPaint)[0]).toBe("[\x1b[34mAPPLIED\x1b[0m] A title !");
});

test("writes times for programs without a fraction of nothing", () => {
  const at = (updatedAt: number) => taskJson({ ...task, updatedAt }, "u")["updated_at"];
  expect([at(1_760_000_100), at(1_760_000_100.25)]).toEqual(["2025-10-09T08:55:00Z", "2025-10-09T08:55:00.250Z"]);
});

test("counts a diff that the service has not counted", () => {
  const diff =
    "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-1\n+2\n 3\ndiff --git a/b b/b\n--- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+new\n";
  const items = [
    { type: "output_diff", diff: "" },
    { type: "pr", output_diff: { diff } },
  ];
  const read = readTask("t", { task: {}, current_assistant_turn: { output_items: items } }, 5);
  expect(read).toMatchObject({
    title: "<untitled>",
    status: "pending",
    updatedAt: 5,
    summary: { filesChanged: 2, linesAdded: 2, linesRemoved: 1 },
  });
});
