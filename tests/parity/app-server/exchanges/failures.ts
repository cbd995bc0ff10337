import { model } from "../../../../packages/scripted-model/src/model.ts";
import type { Exchange } from "../exchange.ts";
import type { Step } from "../../../../packages/scripted-model/src/script.ts";

const failure = (name: string, steps: Step[], more: Partial<Exchange> = {}): Exchange => ({
  name: `failure: ${name}`,
  steps: () => steps,
  async play({ app }) {
    const threadId = await app.thread();
    await app.wholeTurn(threadId, "go");
    await app.ask("thread/read", { threadId, includeTurns: true });
  },
  ...more,
});

const tooMany = model.status(429, { error: { message: "slow down" } });
const denied = model.status(401, { error: { message: "bad key" } });

export const failures: Exchange[] = [
  failure(
    "401",
    Array.from({ length: 6 }, () => denied),
  ),
  failure("429", [tooMany, tooMany], { provider: { stream_max_retries: 1, request_max_retries: 0 } }),
  failure("429, the limit is used up", [
    model.status(
      429,
      { error: { type: "usage_limit_reached", message: "used up", plan_type: "plus", resets_at: 1893456000 } },
      {
        "x-codex-primary-used-percent": "100",
        "x-codex-primary-window-minutes": "300",
        "x-codex-primary-reset-at": "1893456000",
      },
    ),
  ]),
  failure("500, then an answer", [model.status(500, "oops"), model.says("Done.")]),
  failure("400", [model.status(400, { error: { message: "no such model", type: "invalid_request_error" } })]),
  failure("the stream ends early, then an answer", [
    [model.says("Half", { unfinished: true }), model.ends("eof")],
    model.says("Whole."),
  ]),
  failure("the context is full", [model.fails("context_length_exceeded", "too long")]),
  failure("the model is overloaded", [model.fails("server_is_overloaded", "busy")], {
    provider: { stream_max_retries: 0, request_max_retries: 0 },
  }),
  failure("nobody is there", [], {
    config: 'model_provider = "away"\n[model_providers.away]\nname = "Away"\nbase_url = "http://127.0.0.1:9/v1"\n',
    async play({ app }) {
      const threadId = await app.thread();
      const turnId = await app.turn(threadId, "go");
      await app.hears("error");
      await app.must("turn/interrupt", { threadId, turnId });
      await app.turnsEnd();
    },
  }),
  {
    name: "a config that cannot be read",
    wholeConfig: 'model = "x\n',
    async play({ app }) {
      await app.hears("configWarning");
      await app.ask("thread/start", {});
      await app.ask("config/read", {});
      await app.ask("thread/list", {});
    },
  },
  {
    name: "a config with a wrong value",
    wholeConfig: 'model = "gpt-5.5"\napproval_policy = "sometimes"\n',
    async play({ app }) {
      await app.hears("configWarning");
      await app.ask("thread/start", {});
      await app.ask("config/value/write", { keyPath: "model", value: "gpt-5.4", mergeStrategy: "replace" });
    },
  },
];
