import { expect, test } from "bun:test";
import { parseJson } from "@codex/protocol/json";
import { clientMetadata, type RequestOrigin } from "./client-metadata.ts";

const origin: RequestOrigin = {
  installationId: "i",
  sessionId: "s",
  threadId: "t",
  turnId: "u",
  windowNumber: 1,
  contextWindowId: "w",
  kind: "turn",
  historyInitialization: "new",
  turnTrigger: "exec",
  sandbox: "seccomp",
  sandboxMode: "read-only",
  turnStartedAt: 1795232119645,
  model: "gpt-5.5",
};

test("names the request's thread, turn and window, plainly and as JSON", () => {
  const { "x-codex-turn-metadata": json = "", ...plain } = clientMetadata(origin);
  expect(plain).toEqual({
    "x-codex-installation-id": "i",
    session_id: "s",
    thread_id: "t",
    turn_id: "u",
    root_turn_id: "u",
    "x-codex-window-id": "t:1",
  });
  expect(parseJson(json)).toEqual({
    installation_id: "i",
    session_id: "s",
    thread_id: "t",
    agent_name: "/root",
    turn_id: "u",
    window_id: "t:1",
    window_number: 1,
    context_window_id: "w",
    request_kind: "turn",
    history_initialization: "new",
    root_turn_id: "u",
    thread_source: "user",
    turn_trigger: "exec",
    sandbox: "seccomp",
    sandbox_mode: "read-only",
    turn_started_at_unix_ms: 1795232119645,
    model: "gpt-5.5",
  });
});

test("the effort is named where one was chosen", () => {
  const json = clientMetadata({ ...origin, reasoningEffort: "high" })["x-codex-turn-metadata"] ?? "";
  expect(parseJson(json)).toMatchObject({ reasoning_effort: "high" });
});
