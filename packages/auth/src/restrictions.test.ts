import { expect, test } from "bun:test";
import type { Credentials } from "./credentials.ts";
import { readRestrictions, refusalOf } from "./restrictions.ts";

const key: Credentials = { mode: "apiKey", key: "sk", from: "stored" };
const chatgpt: Credentials = {
  mode: "chatgpt",
  accessToken: "a",
  accountId: "acct-1",
  userId: undefined,
  email: undefined,
  planType: undefined,
  fedramp: false,
};

test("a config asks for one way to sign in", () => {
  expect(refusalOf(key, readRestrictions({ forced_login_method: "chatgpt" }))).toStartWith(
    "ChatGPT login is required, but an API key is currently being used.",
  );
  expect(refusalOf(chatgpt, readRestrictions({ forced_login_method: "api" }))).toStartWith(
    "API key login is required, but ChatGPT is currently being used.",
  );
  expect(refusalOf(key, readRestrictions({ forced_login_method: "api" }))).toBeUndefined();
});

test("a config asks for workspaces, one or several", () => {
  expect(refusalOf(chatgpt, readRestrictions({ forced_chatgpt_workspace_id: ["w1", "w2"] }))).toStartWith(
    "Login is restricted to workspace(s) w1, w2, but current credentials belong to acct-1.",
  );
  expect(refusalOf(chatgpt, readRestrictions({ forced_chatgpt_workspace_id: " acct-1 " }))).toBeUndefined();
  expect(refusalOf(chatgpt, readRestrictions({ forced_chatgpt_workspace_id: "" }))).toBeUndefined();
  expect(refusalOf(key, readRestrictions({ forced_chatgpt_workspace_id: "w1" }))).toBeUndefined();
});
