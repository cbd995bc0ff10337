import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import type { CommandDecision } from "@codex/protocol/approvals";
import { startServer } from "../support/in-process.ts";

/**
 * Runs commands one after the other in one thread whose rules name a single host, and gives what the model was told of each,
 * with the questions that were asked. `answers` are taken in turn.
 */
async function scene(scripts: string[], answers: CommandDecision[], rules?: string) {
  await using ws = await workspace();
  if (rules !== undefined) await Bun.write(`${ws.codexHome}/rules/default.rules`, rules);
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
  const written = await Bun.file(`${ws.codexHome}/rules/default.rules`)
    .text()
    .catch(() => "");
  return { told, questions, turn, written };
}

/** A name that no resolver knows: what is allowed ends there, with another code than what is not. */
const host = "host.invalid";
const curl = (name = host) => `curl -sS -w ' %{http_code} ' http://${name}/`;
const reached = "could not be resolved";
const refused = (by?: "deny"): string =>
  by === "deny" ? "Domain denied by the sandbox policy" : "Domain not in allowlist";

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
  ["an amendment that allows counts for good", decided("allow"), reached, 1],
  ["an amendment that denies counts for good", decided("deny"), '"decision":"deny"', 1],
  ["decline counts for the command", "decline", refused(), 2],
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

test.each(["allow", "deny"] as const)(
  "an amendment (%s) is written as a rule that the next session reads",
  async (action) => {
    const { written } = await scene([curl()], [decided(action)]);
    expect(written).toBe(`network_rule(host="${host}", protocol="http", decision="${action}")\n`);
    const { told, questions } = await scene([curl()], [], written);
    expect(told[0]).toContain(action === "allow" ? reached : refused(action));
    expect(questions).toEqual([]);
  },
);

test("a rule of a file may forbid or ask about what the config allows, and counts for its kind of request only", async () => {
  const rule = (decision: string, protocol = "http") =>
    `network_rule(host="named.test", protocol="${protocol}", decision="${decision}")\n`;
  const forbidden = await scene([curl("named.test")], [], rule("forbidden"));
  expect(forbidden.told[0]).toContain(refused("deny"));
  expect(forbidden.questions).toEqual([]);
  const asked = await scene([curl("named.test")], ["decline"], rule("prompt"));
  expect(asked.told[0]).toContain(refused());
  expect(asked.questions).toHaveLength(1);
  const other = await scene(
    [curl()],
    ["decline"],
    `network_rule(host="${host}", protocol="https", decision="allow")\n`,
  );
  expect(other.questions).toHaveLength(1);
});
