import type { JsonValue } from "@codex/protocol/json";
import { model } from "../../../../packages/scripted-model/src/model.ts";
import type { Exchange, Stage } from "../exchange.ts";

const config = 'sandbox_mode = "danger-full-access"\n';
/** Asks about whatever is not known to be harmless. */
const careful = { approvalPolicy: "untrusted" };

/** A command that is asked about, and what the client says of it. */
const command = (name: string, act: (stage: Stage, thread: string) => Promise<void>, more = 1): Exchange => ({
  name: `approve a command: ${name}`,
  config,
  steps: () => [
    ...Array.from({ length: more }, (_, index) => model.exec("touch a1", {}, { callId: `call_${index + 1}` })),
    model.says("Done."),
    model.says("Next."),
  ],
  async play(stage) {
    const thread = await stage.app.thread(careful);
    await stage.app.turn(thread, "go");
    await act(stage, thread);
    stage.note("file", await stage.ws.exists("a1"));
  },
});

const decide =
  (decision: JsonValue) =>
  async ({ app }: Stage): Promise<void> => {
    app.answer((await app.isAsked()).id, { decision });
    await app.turnsEnd();
  };

const patchText =
  "*** Begin Patch\n*** Add File: new.txt\n+one\n+two\n*** Update File: old.txt\n@@\n-before\n+after\n*** End Patch\n";

const patch = (name: string, decision: JsonValue, steps = 1): Exchange => ({
  name: `approve a patch: ${name}`,
  config,
  files: { "old.txt": "before\n" },
  steps: () => [
    model.patch(patchText, { callId: "call_1" }),
    ...(steps === 2 ? [model.patch(secondPatch, { callId: "call_2" })] : []),
    model.says("Done."),
  ],
  async play({ app, ws, note }) {
    const thread = await app.thread(careful);
    await app.turn(thread, "go");
    app.answer((await app.isAsked()).id, { decision });
    await app.turnsEnd();
    note("new", await ws.exists("new.txt"));
    note("old", await ws.read("old.txt"));
    await app.ask("thread/items/list", { threadId: thread });
  },
});

const secondPatch = "*** Begin Patch\n*** Update File: new.txt\n@@\n-two\n+three\n*** End Patch\n";

export const approvals: Exchange[] = [
  command("accept", decide("accept")),
  command("decline", decide("decline")),
  command("cancel", decide("cancel")),
  command("an unknown decision", decide("perhaps")),
  command("an answer that is none", async ({ app }) => {
    app.answer((await app.isAsked()).id, "yes");
    await app.turnsEnd();
  }),
  command("an error", async ({ app }) => {
    app.send({ id: (await app.isAsked()).id, error: { code: -32000, message: "I cannot ask." } });
    await app.turnsEnd();
  }),
  command(
    "accept for the session",
    async ({ app }) => {
      app.answer((await app.isAsked()).id, { decision: "acceptForSession" });
      await app.turnsEnd();
    },
    2,
  ),
  command(
    "accept with an amendment",
    async ({ app, ws, note }) => {
      const decision = { acceptWithExecpolicyAmendment: { execpolicy_amendment: ["touch"] } };
      app.answer((await app.isAsked()).id, { decision });
      await app.turnsEnd();
      note("rules", await Bun.file(`${ws.codexHome}/rules/default.rules`).text());
    },
    2,
  ),
  command("interrupted while it is open", async ({ app }, threadId) => {
    const { id, params } = await app.isAsked();
    await app.must("turn/interrupt", { threadId, turnId: params["turnId"] });
    await app.turnsEnd();
    app.answer(id, { decision: "accept" });
    await app.wholeTurn(threadId, "and now?");
    await app.ask("thread/read", { threadId, includeTurns: true });
  }),
  patch("accept", "accept"),
  patch("accept for the session", "acceptForSession", 2),
  patch("decline", "decline"),
  patch("cancel", "cancel"),
  patch("an unknown decision", "perhaps"),
  {
    name: "approve a command that wants out of the sandbox",
    config: 'approval_policy = "on-request"\nsandbox_mode = "workspace-write"\n',
    steps: () => [
      model.exec("echo out", {
        sandbox_permissions: "require_escalated",
        justification: "May I?",
        prefix_rule: ["echo"],
      }),
      model.says("Done."),
    ],
    async play({ app }) {
      await app.turn(await app.thread(), "go");
      app.answer((await app.isAsked()).id, { decision: "accept" });
      await app.turnsEnd();
    },
  },
  {
    name: "approvals never asked for",
    config: 'approval_policy = "never"\nsandbox_mode = "read-only"\n',
    steps: () => [
      model.exec("echo in", { sandbox_permissions: "require_escalated", justification: "May I?" }),
      model.patch("*** Begin Patch\n*** Add File: new.txt\n+one\n*** End Patch\n"),
      model.says("Done."),
    ],
    async play({ app }) {
      await app.wholeTurn(await app.thread(), "go");
    },
  },
];
