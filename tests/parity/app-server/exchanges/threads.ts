import { model } from "../../../../packages/scripted-model/src/model.ts";
import { type Exchange, text } from "../exchange.ts";

const config = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n';
const answers = (count: number) => () =>
  Array.from({ length: count }, (_, index) => model.says(`Answer ${index + 1}.`, { id: `msg_${index + 1}` }));

export const threads: Exchange[] = [
  {
    name: "thread: start in every way",
    async play({ app, ws }) {
      await app.ask("thread/start", {});
      await app.ask("thread/start", {
        cwd: ws.home,
        model: "gpt-5.4",
        approvalPolicy: "never",
        sandbox: "read-only",
        ephemeral: true,
        serviceName: "s",
        developerInstructions: "Be brief.",
        config: { model_reasoning_effort: "low" },
      });
      await app.ask("thread/start", { sandbox: "danger-full-access", approvalPolicy: "untrusted" });
      await app.ask("thread/start", { modelProvider: "nope" });
      await app.ask("thread/start", { config: { sandbox_mode: "nope" } });
      await app.ask("thread/start", { model: "gpt-nope" });
    },
  },
  {
    name: "thread: start in a folder that is not there",
    hello: false,
    async play({ app, ws }) {
      const capabilities = { experimentalApi: true, optOutNotificationMethods: ["thread/started"] };
      await app.must("initialize", { clientInfo: { name: "client", version: "1" }, capabilities });
      await app.ask("thread/start", { cwd: `${ws.path}/nothing` });
    },
  },
  {
    name: "thread: start in projects of which the person has said something",
    async play({ app, ws }) {
      const file = `${ws.codexHome}/config.toml`;
      const config = await Bun.file(file).text();
      for (const level of ["trusted", "untrusted"]) {
        await Bun.write(file, `${config}\n[projects."${ws.path}"]\ntrust_level = "${level}"\n`);
        await app.ask("thread/start", {});
        await app.ask("thread/start", { sandbox: "read-only", approvalPolicy: "on-request" });
      }
      await app.hears("thread/started", 4);
    },
  },
  {
    name: "thread: read and resume before any turn",
    async play({ app }) {
      const threadId = await app.thread();
      await app.ask("thread/read", { threadId });
      await app.ask("thread/read", { threadId, includeTurns: true });
      await app.ask("thread/resume", { threadId, excludeTurns: true });
      await app.ask("thread/turns/list", { threadId });
      await app.ask("thread/items/list", { threadId });
      await app.ask("thread/list", {});
    },
  },
  {
    name: "thread: resume in a new process",
    config,
    steps: () => [model.exec("echo out"), model.says("One."), model.says("Two.")],
    async play({ app, restart }) {
      const threadId = await app.thread({ model: "gpt-5.4" });
      await app.wholeTurn(threadId, "first");
      const next = await restart();
      await next.ask("thread/read", { threadId });
      await next.ask("thread/read", { threadId, includeTurns: true });
      await next.ask("thread/list", {});
      await next.ask("thread/resume", { threadId });
      await next.wholeTurn(threadId, "second");
      await next.ask("thread/loaded/list", {});
    },
  },
  {
    name: "thread: resume without turns, with other settings",
    config,
    steps: answers(2),
    async play({ app, restart, ws }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "first");
      const next = await restart();
      await next.ask("thread/resume", {
        threadId,
        excludeTurns: true,
        model: "gpt-5.4",
        cwd: ws.home,
        approvalPolicy: "on-request",
        sandbox: "read-only",
        developerInstructions: "Be brief.",
      });
      await next.wholeTurn(threadId, "second");
    },
  },
  {
    name: "thread: resume a page of turns",
    config,
    steps: answers(3),
    async play({ app, restart }) {
      const threadId = await app.thread();
      for (const word of ["one", "two", "three"]) await app.wholeTurn(threadId, word);
      const next = await restart();
      await next.ask("thread/resume", { threadId, excludeTurns: true, initialTurnsPage: { limit: 2 } });
      await next.hears("thread/goal/cleared");
    },
  },
  {
    name: "thread: fork whole, without turns, and up to a turn",
    config,
    steps: answers(4),
    async play({ app }) {
      const threadId = await app.thread();
      const first = await app.wholeTurn(threadId, "one");
      await app.wholeTurn(threadId, "two");
      const whole = await app.must("thread/fork", { threadId });
      await app.ask("thread/fork", { threadId, excludeTurns: true });
      await app.ask("thread/fork", { threadId, lastTurnId: first });
      await app.ask("thread/fork", { threadId, lastTurnId: "nope" });
      const fork = (whole["thread"] as { id: string }).id;
      await app.wholeTurn(fork, "in the fork");
      await app.wholeTurn(threadId, "in the source");
      await app.ask("thread/read", { threadId: fork, includeTurns: true });
      await app.ask("thread/delete", { threadId });
    },
  },
  {
    name: "thread: revert",
    config,
    steps: answers(4),
    async play({ app }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "one");
      const second = await app.wholeTurn(threadId, "two");
      await app.wholeTurn(threadId, "three");
      await app.ask("thread/revert", { threadId, beforeTurnId: "nope" });
      await app.ask("thread/revert", { threadId, beforeTurnId: second });
      await app.ask("thread/turns/list", { threadId, itemsView: "full" });
      await app.wholeTurn(threadId, "instead");
      await app.ask("thread/read", { threadId, includeTurns: true });
    },
  },
  {
    name: "thread: compact",
    config,
    steps: () => [model.says("One."), model.says("A summary."), model.says("Two.")],
    async play({ app }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "first");
      await app.must("thread/compact/start", { threadId });
      await app.turnsEnd(2);
      await app.wholeTurn(threadId, "second");
    },
  },
  {
    name: "thread: name, metadata, archive, unarchive, delete",
    config,
    steps: answers(1),
    async play({ app, ws, note }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "one");
      await app.ask("thread/name/set", { threadId, name: "A name" });
      await app.ask("thread/name/set", { threadId, name: "" });
      await app.ask("thread/metadata/update", { threadId, gitInfo: { branch: "side" } });
      await app.ask("thread/metadata/update", { threadId });
      await app.ask("thread/archive", { threadId });
      await app.ask("thread/archive", { threadId });
      await app.ask("thread/list", {});
      await app.ask("thread/list", { archived: true });
      await app.ask("turn/start", { threadId, input: text("archived?") });
      await app.ask("thread/unarchive", { threadId });
      await app.ask("thread/unarchive", { threadId });
      await app.ask("thread/list", {});
      await app.ask("thread/delete", { threadId });
      await app.ask("thread/delete", { threadId });
      await app.ask("thread/read", { threadId });
      note("left", [...new Bun.Glob("*sessions/**/rollout-*").scanSync(ws.codexHome)]);
    },
  },
  {
    name: "thread: unsubscribe",
    config,
    steps: answers(1),
    async play({ app }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "one");
      await app.ask("thread/unsubscribe", { threadId });
      await app.ask("thread/unsubscribe", { threadId });
      await app.ask("thread/loaded/list", {});
    },
  },
  {
    name: "thread: turns and items in pages",
    config,
    steps: () => [model.exec("true"), model.says("One."), model.says("Two."), model.says("Three.")],
    async play({ app }) {
      const threadId = await app.thread();
      for (const word of ["one", "two", "three"]) await app.wholeTurn(threadId, word);
      for (const itemsView of ["notLoaded", "summary", "full"]) {
        await app.ask("thread/turns/list", { threadId, itemsView });
      }
      await app.ask("thread/turns/list", { threadId, sortDirection: "asc" });
      for (const method of ["thread/turns/list", "thread/items/list"]) {
        const first = await app.must(method, { threadId, limit: 2 });
        const second = await app.must(method, { threadId, limit: 2, cursor: first["nextCursor"] });
        await app.ask(method, { threadId, limit: 2, cursor: second["backwardsCursor"], sortDirection: "asc" });
        await app.ask(method, { threadId, cursor: "nonsense" });
        await app.ask(method, { threadId, limit: 0 });
      }
    },
  },
  {
    name: "thread: lists by every filter",
    config,
    files: { "sub/file": "" },
    steps: answers(3),
    async play({ app, ws }) {
      for (const [cwd, word] of [
        [ws.path, "apples"],
        [`${ws.path}/sub`, "pears"],
        [ws.path, "plums"],
      ] as const) {
        await app.wholeTurn(await app.thread({ cwd }), word);
        // Times of threads are told in seconds, and lists are in their order.
        await Bun.sleep(1050);
      }
      await app.ask("thread/list", {});
      await app.ask("thread/list", { sortDirection: "asc" });
      await app.ask("thread/list", { sortKey: "updated_at" });
      await app.ask("thread/list", { sortKey: "recency_at" });
      await app.ask("thread/list", { cwd: `${ws.path}/sub` });
      await app.ask("thread/list", { cwd: [ws.path, `${ws.path}/sub`] });
      await app.ask("thread/list", { searchTerm: "pear" });
      await app.ask("thread/list", { modelProviders: ["nope"] });
      await app.ask("thread/list", { modelProviders: ["mock"] });
      await app.ask("thread/list", { sourceKinds: ["cli"] });
      await app.ask("thread/list", { sourceKinds: ["vscode"] });
      await app.ask("thread/list", { archived: true });
      await app.ask("thread/list", { useStateDbOnly: true });
      const page = await app.must("thread/list", { limit: 2 });
      await app.ask("thread/list", { limit: 2, cursor: page["nextCursor"] });
      await app.ask("thread/list", { limit: 0 });
    },
  },
  {
    name: "thread: a command of the user",
    config,
    steps: answers(1),
    async play({ app }) {
      const threadId = await app.thread();
      await app.must("thread/shellCommand", { threadId, command: "echo mine; exit 3" });
      await app.turnsEnd();
      await app.wholeTurn(threadId, "seen?");
      await app.ask("thread/items/list", { threadId });
      await app.ask("thread/shellCommand", { threadId, command: "" });
    },
  },
  {
    name: "thread: items put in",
    config,
    steps: answers(1),
    async play({ app }) {
      const threadId = await app.thread();
      const item = { type: "message", role: "assistant", content: [{ type: "output_text", text: "I said this." }] };
      await app.ask("thread/inject_items", { threadId, items: [item] });
      await app.ask("thread/inject_items", { threadId, items: [] });
      await app.ask("thread/inject_items", { threadId, items: [{ type: 5 }] });
      await app.wholeTurn(threadId, "what did you say?");
    },
  },
  {
    name: "thread: two clients",
    wire: "websocket",
    config,
    steps: () => [model.says("One."), model.exec("touch a1"), model.says("Two."), model.says("Three.")],
    async play({ app, connect }) {
      const threadId = await app.thread({ approvalPolicy: "untrusted" });
      const other = await connect();
      await app.wholeTurn(threadId, "unheard by the other");
      await other.must("thread/resume", { threadId, excludeTurns: true });
      await app.turn(threadId, "both are asked");
      const { id } = await app.isAsked();
      await other.isAsked();
      other.answer(id, { decision: "accept" });
      await app.hears("serverRequest/resolved");
      app.answer(id, { decision: "decline" });
      await Promise.all([app.turnsEnd(2), other.turnsEnd(1)]);
      await other.must("thread/unsubscribe", { threadId });
      await app.wholeTurn(threadId, "unheard again");
    },
  },
  {
    name: "thread: a question outlives its client",
    wire: "websocket",
    config,
    steps: () => [model.exec("touch a1"), model.says("Done.")],
    async play({ app, connect, ws, note }) {
      const threadId = await app.thread({ approvalPolicy: "untrusted" });
      await app.turn(threadId, "go");
      await app.isAsked();
      app.close();
      const other = await connect();
      await other.must("thread/resume", { threadId, excludeTurns: true });
      other.answer((await other.isAsked()).id, { decision: "accept" });
      await other.turnsEnd();
      note("file", await ws.exists("a1"));
    },
  },
];
