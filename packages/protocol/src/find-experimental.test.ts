import { expect, test } from "bun:test";
import { findExperimental, isExperimentalNotification } from "./find-experimental.ts";
import { schemas, type Method } from "./methods.ts";

const granular = { granular: { sandbox_approval: true, rules: true, mcp_elicitations: true } };
const t = { threadId: "t" };

test.each<[Method, unknown, string | undefined]>([
  ["thread/start", {}, undefined],
  ["thread/start", { model: "m", newer: true }, undefined],
  ["thread/start", { dynamicTools: [] }, "thread/start.dynamicTools"],
  ["thread/start", { dynamicTools: null }, undefined],
  ["thread/start", { experimentalRawEvents: false }, undefined],
  ["thread/start", { experimentalRawEvents: true }, "thread/start.experimentalRawEvents"],
  ["thread/start", { daybreakEnabled: false }, "thread/start.daybreakEnabled"],
  ["thread/start", { approvalPolicy: granular }, "askForApproval.granular"],
  ["thread/start", { approvalPolicy: "never" }, undefined],
  ["turn/start", { ...t, input: [], approvalPolicy: granular }, "askForApproval.granular"],
  ["thread/list", { projectId: null }, "thread/list.projectId"],
  ["account/login/start", { type: "apiKey", apiKey: "k" }, undefined],
  ["account/login/start", { type: "chatgptAuthTokens" }, "account/login/start.chatgptAuthTokens"],
  ["thread/search", {}, "thread/search"],
  ["memory/reset", undefined, "memory/reset"],
])("%s %j needs consent: %p", async (method, params, needed) => {
  const { Params } = await schemas[method]();
  expect(findExperimental(method, Params, params)).toBe(needed);
});

test("some notifications go only to clients that consented", () => {
  expect(isExperimentalNotification("thread/settings/updated")).toBe(true);
  expect(isExperimentalNotification("turn/started")).toBe(false);
});
