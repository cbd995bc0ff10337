import { interceptTls, type Interceptor } from "./intercept-tls.ts";

export const oneToTwo = "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-one\n+two\n";

export const newFile =
  "diff --git a/n ü.txt b/n ü.txt\nnew file mode 100644\nindex 0000000..3e75765\n--- /dev/null\n+++ b/n ü.txt\n@@ -0,0 +1 @@\n+new\n";

const display = {
  environment_label: "me/repo",
  state: "ready",
  latest_turn_status_display: {
    turn_status: "completed",
    diff_stats: { files_modified: 1, lines_added: 1, lines_removed: 1 },
    sibling_turn_ids: ["sibling"],
  },
};

const pr = (diff: string) => ({ type: "pr", output_diff: { diff } });

/** The details of a task, with what is different in this one. */
const task = (more: Record<string, unknown> = {}, status: Record<string, unknown> = display) => ({
  task: {
    id: "ready",
    title: "Fix it",
    created_at: 1_760_000_000.5,
    updated_at: 1_760_000_100.25,
    archived: false,
    task_status_display: status,
  },
  current_assistant_turn: {
    id: "turn",
    turn_status: "completed",
    attempt_placement: 0,
    sibling_turn_ids: ["sibling"],
    output_items: [{ type: "message", content: [{ content_type: "text", text: "done" }] }],
  },
  current_diff_task_turn: { id: "turn", turn_status: "completed", output_items: [pr(oneToTwo)] },
  ...more,
});

const tasks: Record<string, unknown> = {
  ready: task(),
  two: task({ current_diff_task_turn: { output_items: [pr(oneToTwo + newFile)] } }),
  nodiff: task({ current_diff_task_turn: null, current_assistant_turn: null }),
  plain: task({ current_diff_task_turn: { output_items: [{ type: "output_diff", diff: oneToTwo }] } }),
  other: task({ current_diff_task_turn: { output_items: [pr(oneToTwo.replace("-one", "-zero"))] } }),
  pending: task(
    { current_diff_task_turn: null, current_assistant_turn: { id: "turn", output_items: [] } },
    { state: "pending", latest_turn_status_display: { turn_status: "in_progress" } },
  ),
  failed: task({ current_diff_task_turn: null }, { latest_turn_status_display: { turn_status: "failed" } }),
  bare: { task: { id: "bare", title: "\u001b]0;x\u0007Bare", created_at: 1_760_000_000 } },
};

const listed = (id: string, title: string, status: Record<string, unknown>) => ({
  id,
  title,
  created_at: 1_760_000_000,
  updated_at: 1_760_000_100.25,
  archived: false,
  has_unread_turn: false,
  task_status_display: status,
  pull_requests: [],
});

const list = {
  items: [
    listed("ready", "Fix it", display),
    listed("pending", "Wait", { state: "pending", environment_label: "env x" }),
    listed("failed", "Break", {
      state: "error",
      latest_turn_status_display: {
        turn_status: "failed",
        diff_stats: { files_modified: 2, lines_added: 10, lines_removed: 0 },
      },
    }),
    listed("applied", "Use", { state: "applied" }),
  ],
  cursor: "c+2=",
};

const environments = [
  { id: "env-1", label: "me/repo", is_pinned: true, task_count: 3 },
  { id: "env-2", label: "twice", is_pinned: false },
  { id: "env-3", label: "Twice", is_pinned: false },
];

/** chatgpt.com with some tasks; `base` is what stands before `/tasks` and the other names of the service. */
export const taskService = (base = "/backend-api/wham"): Promise<Interceptor> =>
  interceptTls({
    "chatgpt.com": ({ method, url }) => answerTasks(method, new URL(url).pathname, base),
    "auth.openai.com": () => Response.json({ error: { code: "refresh_token_expired" } }, { status: 401 }),
  });

/** Undefined for what the service does not know. */
export function answerTasks(method: string, path: string, base: string): Response | undefined {
  if (!path.startsWith(`${base}/`)) return undefined;
  const [kind = "", id = "", ...rest] = path.slice(base.length + 1).split("/");
  if (kind === "environments") return Response.json(id === "" ? environments : environments.slice(0, 1));
  if (kind !== "tasks") return undefined;
  if (id === "") return method === "POST" ? Response.json({ task: { id: "made" } }) : undefined;
  if (id === "list") return Response.json(list);
  if (id === "expired") return Response.json({ detail: "expired" }, { status: 401 });
  if (id === "page") return new Response("<html>", { headers: { "content-type": "text/html" } });
  if (rest.at(-1) === "sibling_turns") {
    const items = [{ type: "output_diff", diff: newFile }];
    const sibling = {
      id: "sibling",
      turn_status: "completed",
      attempt_placement: 1,
      created_at: 1,
      output_items: items,
    };
    return Response.json({ sibling_turns: [sibling] });
  }
  const found = tasks[id];
  return found === undefined ? undefined : Response.json(found);
}
