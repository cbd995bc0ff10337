import { expect, test } from "bun:test";
import { redactBody, redactHeader } from "./redact.ts";

test.each([
  "authorization",
  "Proxy-Authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "api-key",
  "OpenAI-Organization",
  "openai-project",
  "chatgpt-account-id",
  "x-goog-api-key",
  "x-amz-security-token",
])("the header %s is hidden", (name) => {
  expect(redactHeader(name, "abc")).toBe("[REDACTED]");
});

test.each([
  "content-type",
  "x-ratelimit-limit-tokens",
  "x-ratelimit-remaining-project-tokens",
  "x-request-id",
  "user-agent",
])("the header %s is shown", (name) => {
  expect(redactHeader(name, "abc")).toBe("abc");
});

test("keys in values and bodies are hidden, and the rest stays as it is", () => {
  const body = {
    model: "gpt",
    project: "mine",
    max_output_tokens: 5,
    input: [{ role: "user", content: "use sk-proj-abcdefgh1234 or Bearer abcdefgh.1234 here" }],
    tools: [{ authorization: "x", headers: { "X-Api-Key": "y", accept: "z" }, access_token: "t", account_id: "a" }],
    none: null,
  };
  expect(redactBody(body)).toEqual({
    ...body,
    input: [{ role: "user", content: "use [REDACTED] or Bearer [REDACTED] here" }],
    tools: [
      {
        authorization: "[REDACTED]",
        headers: { "X-Api-Key": "[REDACTED]", accept: "z" },
        access_token: "[REDACTED]",
        account_id: "[REDACTED]",
      },
    ],
  });
  expect(redactHeader("x-debug", "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.sig")).toBe("[REDACTED]");
  expect(redactBody("desk-top and risk-assessment")).toBe("desk-top and risk-assessment");
});
