import { isObject, type JsonObject } from "@codex/protocol/json";
import { model } from "../../../../packages/scripted-model/src/model.ts";
import { type Client, type Exchange, text } from "../exchange.ts";

const config = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n';

export const interruptions: Exchange[] = [
  {
    name: "interrupt: a command runs",
    config,
    steps: () => [model.exec("sleep 60"), model.says("Next.")],
    async play({ app }) {
      const threadId = await app.thread();
      const turnId = await app.turn(threadId, "go");
      await app.hears("item/started", 2);
      await app.must("turn/interrupt", { threadId, turnId });
      await app.turnsEnd();
      await app.wholeTurn(threadId, "and?");
      await app.ask("thread/turns/list", { threadId, itemsView: "full" });
    },
  },
  {
    name: "interrupt: text is streamed",
    config,
    steps: (gate) => [[model.says("Half of", { unfinished: true }), model.waits(gate("never"))], model.says("Next.")],
    async play({ app }) {
      const threadId = await app.thread();
      const turnId = await app.turn(threadId, "go");
      await app.hears("item/agentMessage/delta");
      await app.must("turn/interrupt", { threadId, turnId });
      await app.turnsEnd();
      await app.wholeTurn(threadId, "and?");
    },
  },
  {
    name: "interrupt: what is not there",
    config,
    steps: (gate) => [[model.waits(gate("go")), model.says("Done.")]],
    async play({ app, gate, model: server }) {
      const threadId = await app.thread();
      await app.ask("turn/interrupt", { threadId, turnId: "wrong" });
      await app.turn(threadId, "go");
      await server.arrival(0);
      await app.ask("turn/interrupt", { threadId, turnId: "wrong" });
      gate("go").open();
      await app.turnsEnd();
    },
  },
  {
    name: "steer: before the model has said anything",
    config,
    steps: (gate) => [[model.waits(gate("go")), model.says("Dropped?")], model.says("Both.")],
    async play({ app, gate, model: server }) {
      const threadId = await app.thread();
      const turnId = await app.turn(threadId, "one");
      await server.arrival(0);
      await app.must("turn/steer", { threadId, expectedTurnId: turnId, input: text("two"), clientUserMessageId: "m2" });
      gate("go").open();
      await app.turnsEnd();
      await app.ask("thread/turns/list", { threadId, itemsView: "full" });
    },
  },
  {
    name: "steer: while a command runs",
    config,
    steps: () => [model.exec("until [ -e go ]; do sleep 0.05; done"), model.says("Both.")],
    async play({ app, ws }) {
      const threadId = await app.thread();
      const turnId = await app.turn(threadId, "one");
      await app.hears("item/started", 2);
      await app.must("turn/steer", { threadId, expectedTurnId: turnId, input: text("two") });
      await ws.write("go", "");
      await app.turnsEnd();
    },
  },
  {
    name: "steer: wrong turn, no turn, nothing to say",
    config,
    steps: (gate) => [[model.waits(gate("go")), model.says("Done.")]],
    async play({ app, gate, model: server }) {
      const threadId = await app.thread();
      await app.ask("turn/steer", { threadId, expectedTurnId: "wrong", input: text("two") });
      const turnId = await app.turn(threadId, "one");
      await server.arrival(0);
      await app.ask("turn/steer", { threadId, expectedTurnId: "wrong", input: text("two") });
      await app.ask("turn/steer", { threadId, expectedTurnId: turnId, input: [] });
      gate("go").open();
      await app.turnsEnd();
      await app.ask("turn/steer", { threadId, expectedTurnId: turnId, input: text("late") });
    },
  },
  {
    name: "a second start while a turn runs",
    config,
    steps: () => [model.exec("until [ -e go ]; do sleep 0.05; done"), model.says("Both.")],
    async play({ app, ws }) {
      const threadId = await app.thread();
      const first = await app.turn(threadId, "one");
      await app.hears("item/started", 2);
      const second = await app.turn(threadId, "two");
      await ws.write("go", "");
      await app.turnsEnd();
      if (first !== second) throw new Error("The second start made a turn of its own.");
    },
  },
  {
    name: "the end of input in the middle of a turn",
    config,
    steps: () => [model.exec("sleep 60"), model.says("never")],
    async play({ app, endInput, exited, note }) {
      await app.turn(await app.thread(), "go");
      await app.hears("item/started", 2);
      await endInput();
      note("exit", await exited());
    },
  },
  {
    name: "SIGTERM on pipes in the middle of a turn",
    config,
    steps: () => [model.exec("sleep 60"), model.says("never")],
    async play({ app, kill, exited, note }) {
      await app.turn(await app.thread(), "go");
      await app.hears("item/started", 2);
      kill("SIGTERM");
      note("exit", await exited());
    },
  },
  {
    name: "SIGTERM on a socket lets the turn end",
    wire: "websocket",
    config,
    steps: (gate) => [[model.waits(gate("go")), model.says("Done.")]],
    async play({ app, ws, kill, gate, exited, note, hush, model: server }) {
      const threadId = await app.thread();
      await app.turn(threadId, "go");
      await server.arrival(0);
      kill("SIGTERM");
      await drains(app);
      await app.ask("thread/start", {});
      await app.ask("turn/start", { threadId, input: text("more") });
      await app.ask("thread/list", {});
      // Its sockets close at times before the end of the turn has been told.
      hush();
      gate("go").open();
      note("exit", await exited());
      const [rollout = ""] = new Bun.Glob("sessions/**/*.jsonl").scanSync(ws.codexHome);
      note("recorded", (await Bun.file(`${ws.codexHome}/${rollout}`).text()).includes('"task_complete"'));
    },
  },
];

/** There is no message that says so, but from then on work that is new is refused. */
async function drains(app: Client): Promise<void> {
  const isRefusal = ({ error }: JsonObject): boolean =>
    isObject(error) && isObject(error["data"]) && "reason" in error["data"];
  for (let id = 1; !app.heard.some(isRefusal); id++) {
    app.send({ id, method: "turn/start", params: { threadId: "018f2f2e-0000-7000-8000-000000000000", input: [] } });
    await Bun.sleep(20);
  }
}
