import { expect, test } from "bun:test";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { isObject } from "@codex/protocol/json";
import { startServer } from "./support/in-process.ts";

const escalates = model.exec("echo out > ../outside.txt && cat ../outside.txt", {
  sandbox_permissions: "require_escalated",
  justification: "May I?",
});

const assessment = (outcome: "allow" | "deny", rationale: string) =>
  JSON.stringify({ risk_level: "medium", user_authorization: "high", outcome, rationale });

/** Runs `codex exec --approve-for-me` with a model that escalates once, and a reviewer that says `answers`. */
async function reviewed(answers: string[], args: string[] = []) {
  await using server = await model.plays([
    [escalates],
    ...answers.map((text) => [model.says(text)]),
    [model.says("done")],
  ]);
  await using ws = await workspace({});
  const run = await codex.exec({ server, ws, args: ["--approve-for-me", ...args, "write it outside"] });
  return { run, requests: server.requests, told: server.requests.at(-1)?.lastOutput() ?? "" };
}

test("what the reviewer allows runs outside the sandbox; it saw the user's words and the whole call, and has no tools", async () => {
  const { run, requests, told } = await reviewed([assessment("allow", "Asked for.")]);
  expect(told).toContain("out\n");
  expect(run.stderr).toContain("sandbox: workspace-write");
  expect(run.exitCode).toBe(0);
  const [, review] = requests;
  const body = JSON.stringify(review?.body);
  expect(body).toContain("write it outside");
  expect(body).toContain(">>> APPROVAL REQUEST START");
  expect(body).toContain("require_escalated");
  expect(isObject(review?.body) && review.body["tools"]).toEqual([]);
  expect(isObject(review?.body) && review.body["text"]).toMatchObject({
    format: { type: "json_schema", name: "codex_output_schema", strict: false },
  });
  expect(requests).toHaveLength(3);
});

test("what the sandbox stops may run again, where that is offered, with what the reviewer allows: it reads which", async () => {
  await using ws = await workspace({});
  await using server = await model.plays([
    [model.exec("echo again >> ../outside.txt && cat ../outside.txt")],
    [model.says(assessment("allow", "Asked for."))],
    [model.exec("echo more >> ../outside.txt && cat ../outside.txt")],
    [model.says(assessment("deny", "Once was enough."))],
    [model.says("done")],
  ]);
  await Bun.write(`${ws.root}/outside.txt`, "");
  const args = ["--approve-for-me", "-c", "sandbox.offer_grants=true", "write it outside"];
  const run = await codex.exec({ server, ws, args });
  const [, review, after, , last] = server.requests;
  expect(JSON.stringify(review?.body)).toContain("additional_write_access");
  expect(JSON.stringify(review?.body)).toContain(`${ws.root}/outside.txt`);
  expect(after?.lastOutput()).toMatch(
    /Read-only file system\ncodex: The sandbox stopped this\..* runs again:\nagain\n$/,
  );
  expect(last?.lastOutput()).toContain("codex: The automatic reviewer did not allow it: Once was enough.");
  expect(await Bun.file(`${ws.root}/outside.txt`).text()).toBe("again\n");
  expect(run.exitCode).toBe(0);
});

test("what it denies does not run; the model and the user read why", async () => {
  const { run, told } = await reviewed([assessment("deny", "Nobody asked for that.")]);
  expect(told).toStartWith("The automatic reviewer did not allow it: Nobody asked for that.\nDo not try to reach");
  expect(run.stderr).toContain("warning: The automatic reviewer did not allow it: Nobody asked for that.");
  expect(run.exitCode).toBe(0);
});

test.each([
  ["words", "Yes, allow it."],
  ["an unknown outcome", '{"outcome":"yes"}'],
  ["an unknown level", '{"outcome":"allow","risk_level":"none"}'],
  ["JSON with words around it", 'Sure: {"outcome":"allow"}'],
  ["a list", '[{"outcome":"allow"}]'],
])("%s three times is a no", async (_, text) => {
  const { requests, told } = await reviewed([text, text, text]);
  expect(told).toStartWith(
    "The automatic reviewer did not allow it: the reviewer gave no valid answer in 3 attempts.\nThe review could not",
  );
  expect(requests).toHaveLength(5);
});

test("a second answer that can be read counts", async () => {
  const { told } = await reviewed(["?", assessment("allow", "Asked for.")]);
  expect(told).toContain("out\n");
});

test("a reviewer that does not answer in time denies", async () => {
  await using server = await model.plays([[escalates], [model.waits(model.gate())], [model.says("done")]]);
  await using ws = await workspace({});
  const run = await codex.exec({ server, ws, args: ["--approve-for-me", "-c", "auto_review.timeout_ms=300", "go"] });
  expect(run.stderr).toContain("the reviewer did not answer in time");
  expect(server.requests.at(-1)?.lastOutput()).toContain("the reviewer did not answer in time");
});

test("an interrupt while it thinks ends the turn, and nothing runs", async () => {
  await using ws = await workspace({});
  await using server = await model.plays([[escalates], [model.waits(model.gate())]]);
  const codexServer = await startServer({ server, ws });
  const client = await codexServer.connect();
  const { thread } = await client.ask("thread/start", {
    approvalPolicy: "on-request",
    approvalsReviewer: "auto_review",
    sandbox: "workspace-write",
  });
  const turn = client.turn(thread.id, "go");
  await server.arrival(1);
  const [started] = client.all("turn/started");
  await client.ask("turn/interrupt", { threadId: thread.id, turnId: started?.turn.id ?? "" });
  await turn;
  expect(client.all("item/autoApprovalReview/completed").map(({ review }) => review.status)).toEqual(["aborted"]);
  expect(client.all("turn/completed").map(({ turn }) => turn.status)).toEqual(["interrupted"]);
  expect(client.questions).toEqual([]);
  await codexServer.close();
});

test("faces are told of a review from beginning to end, and are not asked", async () => {
  await using ws = await workspace({});
  await using server = await model.plays([[escalates], [model.says(assessment("deny", "No."))], [model.says("done")]]);
  const codexServer = await startServer({ server, ws });
  const client = await codexServer.connect();
  const { thread } = await client.ask("thread/start", {
    approvalPolicy: "on-request",
    approvalsReviewer: "auto_review",
    sandbox: "workspace-write",
  });
  await client.turn(thread.id, "go");
  const [started] = client.all("item/autoApprovalReview/started");
  const [completed] = client.all("item/autoApprovalReview/completed");
  const action = { type: "command", source: "unifiedExec", command: expect.stringContaining("outside.txt") };
  expect(started).toMatchObject({ targetItemId: "call_1", action, review: { status: "inProgress" } });
  expect(completed).toMatchObject({
    reviewId: started?.reviewId,
    decisionSource: "agent",
    action,
    review: { status: "denied", riskLevel: "medium", userAuthorization: "high", rationale: "No." },
  });
  expect(client.all("guardianWarning")).toEqual([
    { threadId: thread.id, message: "The automatic reviewer did not allow it: No." },
  ]);
  expect(client.questions).toEqual([]);
  const ended = client.all("item/completed").find(({ item }) => item.type === "commandExecution");
  expect(ended?.item).toMatchObject({ status: "declined" });
  await codexServer.close();
});

test.each([
  ["", null],
  ['[auto_review]\ncircuit_break_action = "strict"\n', "tooManyDenials"],
])("three denials in a row interrupt the turn; the thread's usage counts no review (%j)", async (config, info) => {
  await using ws = await workspace({});
  const deny = model.says(assessment("deny", "No."));
  await using server = await model.plays([[escalates], [deny], [escalates], [deny], [escalates], [deny]]);
  await using codexServer = await startServer({ server, ws, config });
  const client = await codexServer.connect();
  const { thread } = await client.ask("thread/start", {
    approvalPolicy: "on-request",
    approvalsReviewer: "auto_review",
    sandbox: "workspace-write",
  });
  const turn = await client.turn(thread.id, "go");
  expect(turn.status).toBe("interrupted");
  expect(turn.error?.codexErrorInfo ?? null).toBe(info);
  expect(client.all("guardianWarning").at(-1)?.message).toBe(
    "Automatic approval review rejected too many approval requests for this turn (3 consecutive, 3 in the last 50 reviews); interrupting the turn.",
  );
  expect(server.requests).toHaveLength(6);
  const told = client.all("thread/tokenUsage/updated").map(({ tokenUsage }) => tokenUsage.total.totalTokens);
  expect(told).toEqual([120, 240, 360]);
});

test("what the user approves by hand is told to the model and counts for the reviewer", async () => {
  await using ws = await workspace({});
  await using server = await model.plays([
    [escalates],
    [model.says(assessment("deny", "No."))],
    [model.says("It was denied.")],
    [escalates],
    [model.says(assessment("allow", "The user approved it."))],
    [model.says("done")],
  ]);
  await using codexServer = await startServer({ server, ws });
  const client = await codexServer.connect();
  const { thread } = await client.ask("thread/start", {
    approvalPolicy: "on-request",
    approvalsReviewer: "auto_review",
    sandbox: "workspace-write",
  });
  const threadId = thread.id;
  await client.turn(threadId, "go");
  const action = { type: "command", source: "unified_exec", command: "echo out > ../outside.txt", cwd: ws.path };
  const event = { id: "r", turn_id: "t", started_at_ms: 0, status: "denied", action };
  const approve = "thread/approveGuardianDeniedAction";
  expect(await client.refused(approve, { threadId, event: {} })).toMatchObject({
    message: "invalid Guardian denial event: missing field `id`",
  });
  const strange = { ...event, action: { ...action, source: "unifiedExec" } };
  expect((await client.refused(approve, { threadId, event: strange })).message).toContain(
    "invalid Guardian denial event: unknown variant `unifiedExec`, expected ",
  );
  expect(await client.ask(approve, { threadId, event: { ...event, status: "approved" } })).toEqual({});
  expect(await client.ask(approve, { threadId, event })).toEqual({});
  await client.turn(threadId, "again");
  const bodies = server.requests.map(({ body }) => JSON.stringify(body));
  const counts = bodies.map((body) => body.split('\\"outcome\\": \\"allowed\\"').length - 1);
  // The turn's requests and the review after the approval know of it, once.
  expect(counts).toEqual([0, 0, 0, 1, 1, 1]);
  expect(bodies[4]).toContain("What the user said:\\ngo\\n\\nThe user has looked at an action");
  expect(server.requests.at(-1)?.lastOutput()).toContain("out\n");
});

test("a host that no rule covers is put to the reviewer", async () => {
  const served = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("from outside\n") });
  const script = `curl -sS http://localhost:${served.port}/; curl -sS -o /dev/null -w '%{http_code}' http://other.test/`;
  await using server = await model.plays([
    [model.exec(script)],
    [model.says(assessment("deny", "Not this host."))],
    [model.says("done")],
  ]);
  await using ws = await workspace({});
  const domains = 'sandbox_workspace_write.network_domains={"localhost"="allow"}';
  await codex.exec({ server, ws, args: ["--approve-for-me", "-c", domains, "go"] });
  const told = server.requests.at(-1)?.lastOutput() ?? "";
  expect(told).toContain("from outside\n");
  expect(told).toContain("403");
  expect(JSON.stringify(server.requests[1]?.body)).toContain('\\"host\\": \\"other.test\\"');
  await served.stop(true);
});

test("it goes with no other sandbox", async () => {
  await using server = await model.plays([]);
  await using ws = await workspace({});
  const run = await codex.exec({ server, ws, args: ["--approve-for-me", "-s", "read-only", "go"] });
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("--approve-for-me");
});
