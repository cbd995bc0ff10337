import { model } from "../../../../packages/scripted-model/src/model.ts";
import { type Exchange, text } from "../exchange.ts";

const free = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n';
const usage = model.usage({ input: 100, output: 10 });

export const turns: Exchange[] = [
  {
    name: "turn: an answer",
    steps: () => [[model.says("Hello there.", { deltas: 3 }), usage]],
    async play({ app }) {
      await app.wholeTurn(await app.thread(), "hi");
    },
  },
  {
    name: "turn: commands, reasoning and words between them",
    config: free,
    steps: () => [
      [
        model.thinks(["**Looking**\n\nFirst."], { text: "raw thought" }),
        model.says("Let me see."),
        model.exec("cat a.txt"),
      ],
      model.exec("exit 3"),
      [model.thinks(["One.", "Two."]), model.says("It failed.", { phase: "final_answer" })],
    ],
    files: { "a.txt": "content\n" },
    async play({ app }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "look");
      await app.ask("thread/turns/list", { threadId, itemsView: "full" });
      await app.ask("thread/items/list", { threadId });
    },
  },
  {
    name: "turn: overrides that stay, and those that do not",
    config: free,
    steps: () => [model.says("{}"), model.says("Two."), model.says("Three.")],
    async play({ app, ws }) {
      const threadId = await app.thread({ model: "gpt-5.5" });
      await app.wholeTurn(threadId, "one", {
        cwd: ws.home,
        effort: "low",
        summary: "detailed",
        approvalPolicy: "on-request",
        sandboxPolicy: { type: "readOnly", networkAccess: false },
        outputSchema: { type: "object", properties: {}, additionalProperties: false },
        clientUserMessageId: "mine-1",
      });
      await app.wholeTurn(threadId, "two", { model: "gpt-5.4", effort: "high" });
      await app.wholeTurn(threadId, "three");
      await app.ask("thread/resume", { threadId, excludeTurns: true });
      await app.hears("thread/goal/cleared");
    },
  },
  {
    name: "turn: images, mentions and other input",
    config: free,
    steps: () => [model.says("Seen.")],
    async play({ app, ws }) {
      const threadId = await app.thread();
      const pixel =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
      const file = `${ws.path}/pixel.png`;
      await Bun.write(file, Uint8Array.fromBase64(pixel.slice(pixel.indexOf(",") + 1)));
      await app.must("turn/start", {
        threadId,
        input: [
          ...text("look at these"),
          { type: "image", url: pixel },
          { type: "localImage", path: file },
          { type: "text", text: "and more", text_elements: [] },
        ],
      });
      await app.turnsEnd();
      await app.ask("thread/read", { threadId, includeTurns: true });
    },
  },
  {
    name: "turn: a web search",
    config: `${free}web_search = "live"\n`,
    steps: () => [[model.webSearch("weather in Oslo"), model.says("Rain.")]],
    async play({ app }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "weather?");
      await app.ask("thread/read", { threadId, includeTurns: true });
    },
  },
  {
    name: "turn: a patch",
    config: free,
    files: { "b.txt": "1\n2\n3\n", "c.txt": "gone\n" },
    steps: () => [
      model.patch(
        "*** Begin Patch\n*** Add File: a.txt\n+new\n*** Update File: b.txt\n@@\n 1\n-2\n+two\n 3\n*** Delete File: c.txt\n*** End Patch\n",
      ),
      model.says("Patched."),
    ],
    async play({ app }) {
      const threadId = await app.thread();
      await app.wholeTurn(threadId, "patch");
      await app.ask("thread/read", { threadId, includeTurns: true });
    },
  },
  {
    name: "turn: a plan in plan mode",
    config: free,
    steps: () => [model.says("Here it is.\n<proposed_plan>\n# Plan\n- do it\n</proposed_plan>\nShall I?")],
    async play({ app }) {
      const threadId = await app.thread();
      const settings = { model: "gpt-5.5", reasoning_effort: "medium", developer_instructions: null };
      await app.wholeTurn(threadId, "plan it", { collaborationMode: { mode: "plan", settings } });
      await app.ask("thread/read", { threadId, includeTurns: true });
    },
  },
  {
    name: "turn: questions to the user in plan mode",
    config: free,
    steps: () => [
      model.call("request_user_input", {
        questions: [
          {
            id: "q1",
            header: "Colour",
            question: "Which?",
            options: [
              { label: "Red", description: "warm" },
              { label: "Blue", description: "cold" },
            ],
          },
        ],
      }),
      model.says("Red it is."),
    ],
    async play({ app }) {
      const threadId = await app.thread();
      const settings = { model: "gpt-5.5", reasoning_effort: "medium", developer_instructions: null };
      await app.turn(threadId, "ask me", { collaborationMode: { mode: "plan", settings } });
      app.answer((await app.isAsked()).id, { answers: { q1: { answers: ["Red"] } } });
      await app.turnsEnd();
    },
  },
  {
    name: "turn: a tool of the client",
    config: free,
    steps: () => [
      model.call("lookup", { key: "a" }),
      model.call("lookup", { key: "b" }),
      model.call("lookup", { key: "c" }),
      model.says("Found."),
    ],
    async play({ app }) {
      const inputSchema = { type: "object", properties: { key: { type: "string" } } };
      const threadId = await app.thread({ dynamicTools: [{ name: "lookup", description: "Looks up.", inputSchema }] });
      await app.turn(threadId, "look up");
      const success = { contentItems: [{ type: "inputText", text: "42" }], success: true };
      app.answer((await app.isAsked(1)).id, success);
      app.answer((await app.isAsked(2)).id, { contentItems: [], success: false });
      app.send({ id: (await app.isAsked(3)).id, error: { code: 1, message: "broken" } });
      await app.turnsEnd();
      await app.ask("thread/read", { threadId, includeTurns: true });
    },
  },
  {
    name: "turn: without input",
    steps: () => [model.says("Hm?")],
    async play({ app }) {
      const threadId = await app.thread();
      await app.must("turn/start", { threadId, input: [] });
      await app.turnsEnd();
    },
  },
];
