import { expect, test } from "bun:test";
import { requestHeaders } from "./request-headers.ts";
import { clientMetadata, type RequestIdentity, type TurnFacts, turnMetadata } from "./turn-metadata.ts";

const identity: RequestIdentity = {
  installationId: "i",
  sessionId: "s",
  threadId: "t",
  turnId: "u",
  rootTurnId: "r",
  windowNumber: 2,
};

const facts: TurnFacts = {
  contextWindowId: "c",
  requestKind: "turn",
  historyInitialization: "new",
  threadSource: "user",
  turnTrigger: "exec",
  sandbox: "seccomp",
  sandboxMode: "read-only",
  autoReviewEnabled: false,
  workspaces: { "/wörk": { latestCommit: "f8", hasChanges: true }, "/plain": { hasChanges: false } },
  startedAt: 5,
  analyticsEnabled: true,
  model: "gpt-5.5",
  reasoningEffort: "medium",
};

test("turnMetadata has the original's keys, in ASCII", () => {
  const text = turnMetadata(identity, facts);
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(text)).toEqual({
    installation_id: "i",
    session_id: "s",
    thread_id: "t",
    agent_name: "/root",
    turn_id: "u",
    window_id: "t:2",
    window_number: 2,
    context_window_id: "c",
    request_kind: "turn",
    history_initialization: "new",
    root_turn_id: "r",
    thread_source: "user",
    turn_trigger: "exec",
    sandbox: "seccomp",
    sandbox_mode: "read-only",
    auto_review_enabled: false,
    node_repl_auto_review_required: false,
    node_repl_disabled: false,
    workspaces: { "/wörk": { latest_git_commit_hash: "f8", has_changes: true }, "/plain": { has_changes: false } },
    turn_started_at_unix_ms: 5,
    analytics_enabled: true,
    model: "gpt-5.5",
    reasoning_effort: "medium",
  });
});

test("clientMetadata repeats the ids and the metadata", () => {
  expect(clientMetadata(identity, "{}")).toEqual({
    "x-codex-installation-id": "i",
    session_id: "s",
    thread_id: "t",
    turn_id: "u",
    root_turn_id: "r",
    "x-codex-window-id": "t:2",
    "x-codex-turn-metadata": "{}",
  });
});

test("requestHeaders says who asks", () => {
  const request = { identity, metadata: "{}", originator: "my tóol", userAgent: "a/1", betaFeatures: [] };
  const headers = {
    originator: "my t_ol",
    "user-agent": "a/1",
    "session-id": "s",
    "thread-id": "t",
    "x-client-request-id": "t",
    "x-codex-window-id": "t:2",
    "x-codex-turn-metadata": "{}",
  };
  expect(requestHeaders(request)).toEqual(headers);
  expect(requestHeaders({ ...request, betaFeatures: ["a", "b"] })).toEqual({
    ...headers,
    "x-codex-beta-features": "a,b",
  });
});
