import { describe, expect, test } from "bun:test";
import { err, ok } from "@codex/protocol/result";
import { readCredentials } from "./read-credentials.ts";

const stored = (value: unknown) => readCredentials({ environmentKey: undefined, authJson: JSON.stringify(value) });
const unusable = (message: string) => err({ code: "noCredentials" as const, message });

describe("readCredentials", () => {
  test("prefers the environment's key to the stored one", () => {
    const authJson = JSON.stringify({ auth_mode: "apikey", OPENAI_API_KEY: "sk-stored" });
    expect(readCredentials({ environmentKey: " sk-env\n", authJson })).toEqual(ok({ mode: "apiKey", key: "sk-env" }));
    expect(readCredentials({ environmentKey: "", authJson })).toEqual(ok({ mode: "apiKey", key: "sk-stored" }));
  });

  test("takes a key without a mode for an API key", () => {
    expect(stored({ OPENAI_API_KEY: "sk-1" })).toEqual(ok({ mode: "apiKey", key: "sk-1" }));
  });

  test("finds nothing where nothing is stored", () => {
    expect(readCredentials({ environmentKey: undefined, authJson: undefined })).toEqual(ok(undefined));
    expect(stored({})).toEqual(ok(undefined));
    expect(stored({ auth_mode: "apikey", OPENAI_API_KEY: null })).toEqual(ok(undefined));
  });

  test("says of a ChatGPT login that it cannot be used yet, even beside a key", () => {
    const chatgpt = unusable(
      "Signing in with ChatGPT is not available in this build yet. Set CODEX_API_KEY to use an API key.",
    );
    expect(stored({ tokens: { access_token: "a" } })).toEqual(chatgpt);
    expect(stored({ auth_mode: "chatgpt", OPENAI_API_KEY: "sk-1", tokens: {} })).toEqual(chatgpt);
  });

  test("says of a damaged file what to do, without quoting it", () => {
    expect(readCredentials({ environmentKey: undefined, authJson: '{"OPENAI_API_KEY":"sk-' })).toEqual(
      unusable("auth.json is damaged. Remove it, and set CODEX_API_KEY to an API key."),
    );
  });
});
