import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import type { CommandDecision } from "@codex/protocol/approvals";
import { startServer } from "../support/in-process.ts";

/**
 * Runs commands one after the other in one thread whose rules name a single host, and gives what the model was told of each,
 * with the questions that were asked. `answers` are taken in turn.
 */
async function scene(scripts: string[], answers: CommandDecision[]) {
  await using ws = await workspace();
  await using server = await model.plays([...scripts.map((script) => [model.exec(script)]), [model.says("Done.")]]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {
    approvalPolicy: "on-request",
    sandbox: "workspace-write",
    config: { 'sandbox_workspace_write.network_domains."named.test"': "allow" },
  });
  let next = 0;
  client.answers(() => ({ decision: answers[next++] ?? "decline" }));
  const turn = await client.turn(thread.id, "go");
  const told = server.requests.slice(1).map((request) => request.lastOutput());
  const questions = client.questions.map(({ params }) => ("networkApprovalContext" in params ? params : undefined));
  return { told, questions, turn };
}

/** A name that no resolver knows: what is allowed ends there, with another code than what is not. */
const host = "host.invalid";
const curl = (name = host) => `curl -sS -w ' %{http_code} ' http://${name}/`;
const reached = "could not be resolved";
const refused = "Domain not in allowlist";

test("a host that no rule covers is asked about, with what can be decided", async () => {
  const { told, questions } = await scene([curl()], ["accept"]);
  expect(told[0]).toContain(reached);
  const amendment = (action: "allow" | "deny") => ({ host, action });
  const amended = (action: "allow" | "deny") => ({
    applyNetworkPolicyAmendment: { network_policy_amendment: amendment(action) },
  });
  expect(questions).toEqual([
    expect.objectContaining({
      kind: "command",
      itemId: "call_1",
      approvalId: expect.any(String),
      command: expect.stringContaining(`http://${host}/`),
      reason: `The command wants to reach ${host} port 80, which no network rule covers.`,
      networkApprovalContext: { host, protocol: "http", port: 80 },
      proposedNetworkPolicyAmendments: [amendment("allow"), amendment("deny")],
      availableDecisions: ["accept", "acceptForSession", amended("allow"), amended("deny"), "decline", "cancel"],
    }),
  ]);
});

const decided = (action: "allow" | "deny"): CommandDecision => ({
  applyNetworkPolicyAmendment: { network_policy_amendment: { host, action } },
});

test.each<[string, CommandDecision, string, number]>([
  ["accept counts for the command", "accept", reached, 2],
  ["acceptForSession counts for the session", "acceptForSession", reached, 1],
  ["an amendment that allows counts for the session", decided("allow"), reached, 1],
  ["an amendment that denies counts for the session", decided("deny"), refused, 1],
  ["decline counts for the command", "decline", refused, 2],
])("%s", async (_, decision, said, asked) => {
  const { told, questions } = await scene([curl(), curl()], [decision, decision]);
  expect(told).toEqual([expect.stringContaining(said), expect.stringContaining(said)]);
  expect(questions).toHaveLength(asked);
});

test("all requests of a command to one host are one question", async () => {
  const { told, questions } = await scene([`${curl()} & ${curl()} & wait; ${curl()}`], ["accept"]);
  expect(told[0]?.match(/could not be resolved/g)).toHaveLength(3);
  expect(questions).toHaveLength(1);
});

test("cancel ends the turn", async () => {
  const { turn } = await scene([curl()], ["cancel"]);
  expect(turn.status).toBe("interrupted");
});
