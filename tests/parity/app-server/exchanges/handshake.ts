import type { Exchange } from "../exchange.ts";
import { hello } from "../play-exchange.ts";

export const handshake: Exchange[] = [
  {
    name: "handshake: before, once, and again",
    hello: false,
    async play({ app }) {
      await app.ask("thread/list", {});
      await app.ask("initialize", {});
      await app.ask("initialize", { clientInfo: { name: "two\nlines", version: "1" } });
      await app.ask("initialize", hello("editor"));
      app.send({ method: "initialized" });
      app.send({ method: "no/such/notification", params: {} });
      app.send({ id: 77, result: {} });
      await app.ask("initialize", hello("editor"));
      await app.hears("remoteControl/status/changed");
    },
  },
  {
    name: "handshake: without the opt-in",
    hello: false,
    async play({ app, ws }) {
      await app.ask("initialize", hello("editor", false));
      await app.ask("thread/start", { dynamicTools: [] });
      await app.ask("thread/start", { permissions: ":workspace" });
      await app.ask("thread/start", { historyMode: "legacy" });
      await app.ask("thread/resume", { threadId: "x", path: "/x" });
      await app.ask("thread/fork", { threadId: "x", path: "/x" });
      await app.ask("thread/list", { parentThreadId: "x" });
      await app.ask("turn/start", { threadId: "x", input: [], environments: [] });
      await app.ask("turn/start", { threadId: "x", input: [], approvalPolicy: { granular: granular } });
      await app.ask("turn/steer", { threadId: "x", input: [], expectedTurnId: "y", additionalContext: {} });
      await app.ask("process/spawn", { command: ["true"], processHandle: "p", cwd: ws.path });
      await app.ask("collaborationMode/list", {});
      await app.ask("thread/search", { query: "x" });
      await app.ask("thread/settings/update", { threadId: "x" });
      await app.ask("account/login/start", { type: "chatgptAuthTokens", accessToken: "x", chatgptAccountId: "y" });
      await app.ask("mock/experimentalMethod", { value: "v" });
    },
  },
  {
    name: "handshake: notifications that are not wanted",
    hello: false,
    steps: () => [{ says: "Hello." }],
    async play({ app }) {
      await app.must("initialize", {
        clientInfo: { name: "quiet", title: null, version: "1" },
        capabilities: {
          experimentalApi: true,
          optOutNotificationMethods: ["item/started", "item/agentMessage/delta", "thread/started", "no/such"],
        },
      });
      await app.wholeTurn(await app.thread(), "hi");
    },
  },
  {
    name: "params that are none",
    async play({ app }) {
      await app.ask("thread/start");
      await app.ask("thread/start", null);
      await app.ask("thread/start", { model: 5 });
      await app.ask("thread/start", { approvalPolicy: "on-failure" });
      await app.ask("thread/start", { sandbox: "none" });
      await app.ask("thread/read", {});
      await app.ask("thread/read", { threadId: 5 });
      await app.ask("turn/start", { threadId: nowhere });
      await app.ask("turn/start", { threadId: nowhere, input: "hi" });
      await app.ask("turn/start", { threadId: nowhere, input: [{ text: "hi" }] });
      await app.ask("turn/start", { threadId: nowhere, input: [{ type: "picture" }] });
      await app.ask("turn/steer", { threadId: nowhere, input: [] });
      await app.ask("thread/list", { limit: -1 });
      await app.ask("thread/list", { sortKey: "size" });
      await app.ask("thread/turns/list", { threadId: nowhere });
      await app.ask("thread/items/list", { threadId: nowhere });
      await app.ask("thread/fork", { threadId: nowhere });
      await app.ask("thread/unsubscribe", { threadId: nowhere });
      await app.ask("thread/compact/start", { threadId: nowhere });
      await app.ask("thread/revert", { threadId: nowhere, beforeTurnId: nowhere });
      await app.ask("thread/shellCommand", { threadId: nowhere, command: "true" });
      await app.ask("thread/inject_items", { threadId: nowhere, items: [] });
      await app.ask("thread/metadata/update", { threadId: nowhere, gitInfo: { branch: "b" } });
      await app.ask("newConversation", {}).then(({ error }) => error);
    },
  },
];

const nowhere = "018f2f2e-0000-7000-8000-000000000000";

const granular = {
  sandbox_approval: true,
  rules: true,
  skill_approval: true,
  request_permissions: true,
  mcp_elicitations: true,
};
