import { describe, expect, test } from "bun:test";
import { err } from "@codex/protocol/result";
import { apiKeyAuth, readStoredAuth, storedText, withRefreshed } from "./stored-login.ts";

const loginOf = (value: unknown) => {
  const read = readStoredAuth(JSON.stringify(value));
  return read.ok ? read.value.login : read.error;
};

describe("readStoredAuth", () => {
  test("takes a key without a mode for an API key, a token for a personal access token", () => {
    expect(loginOf({ OPENAI_API_KEY: "sk-1" })).toEqual({ mode: "apiKey", key: "sk-1" });
    expect(loginOf({ OPENAI_API_KEY: null, personal_access_token: "at-1" })).toEqual({
      mode: "personalAccessToken",
      token: "at-1",
    });
  });

  test("goes by auth_mode where there is one, even beside a key", () => {
    const tokens = { access_token: "a", refresh_token: "r", account_id: "acct" };
    const last_refresh = "2026-11-21T02:23:25.158099130Z";
    expect(loginOf({ auth_mode: "chatgpt", OPENAI_API_KEY: "sk-1", tokens, last_refresh })).toEqual({
      mode: "chatgpt",
      tokens: { idToken: undefined, accessToken: "a", refreshToken: "r", accountId: "acct" },
      lastRefreshMs: Date.parse("2026-11-21T02:23:25.158Z"),
    });
  });

  test("names what it cannot use, and finds nothing in nothing", () => {
    expect(loginOf({ agent_identity: { private_key: "k" } })).toEqual({ mode: "unusable", what: "An agent identity" });
    expect(loginOf({ auth_mode: "somethingNew" })).toEqual({ mode: "unusable", what: "This kind of login" });
    for (const empty of [{}, { auth_mode: "chatgpt" }, { auth_mode: "apikey", OPENAI_API_KEY: null }]) {
      expect(loginOf(empty)).toBeUndefined();
    }
  });

  test("says of a damaged file that it is", () => {
    expect(readStoredAuth('{"OPENAI_API_KEY":"sk-')).toEqual(err("damaged"));
    expect(readStoredAuth("[]")).toEqual(err("damaged"));
  });
});

test("a refresh replaces what it brought and keeps all the rest", () => {
  const raw = {
    auth_mode: "chatgpt",
    tokens: {
      id_token: "i",
      access_token: "a",
      refresh_token: "r",
      oauth_provenance: { client_id: "c" },
      new_field: 1,
    },
    agent_identity: { x: 1 },
    last_refresh: "then",
  };
  const now = Date.UTC(2026, 10, 21);
  const fresh = withRefreshed(raw, { idToken: undefined, accessToken: "a2", refreshToken: "r2" }, now);
  expect(fresh).toEqual({
    ...raw,
    tokens: { ...raw.tokens, access_token: "a2", refresh_token: "r2" },
    last_refresh: "2026-11-21T00:00:00.000Z",
  });
});

test("is written as the original writes it", () => {
  expect(storedText(apiKeyAuth("sk-1"))).toBe('{\n  "auth_mode": "apikey",\n  "OPENAI_API_KEY": "sk-1"\n}');
});
