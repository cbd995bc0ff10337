import { expect, test } from "bun:test";
import { readRefusal } from "./request-refresh.ts";

const because = (why: string) =>
  `Your access token could not be refreshed${why && ` because ${why}`}. Please log out and sign in again.`;

test.each<[number, unknown, "permanent" | "transient", string]>([
  [401, { error: { code: "refresh_token_expired" } }, "permanent", because("your refresh token has expired")],
  [401, { error: "REFRESH_TOKEN_REUSED" }, "permanent", because("your refresh token was already used")],
  [401, { code: "refresh_token_invalidated" }, "permanent", because("your refresh token was revoked")],
  [401, { error: { code: "new_reason" } }, "permanent", because("")],
  [401, undefined, "permanent", because("")],
  [400, { error: "invalid_grant" }, "permanent", because("")],
  [400, { error: "invalid_request" }, "transient", "Failed to refresh token: 400 Bad Request"],
  [500, {}, "transient", "Failed to refresh token: 500 Internal Server Error"],
  [429, {}, "transient", "Failed to refresh token: 429 Too Many Requests"],
  [599, {}, "transient", "Failed to refresh token: 599"],
])("a refresh refused with %d and %j is %s", (status, body, kind, message) => {
  expect(readRefusal(status, body)).toEqual({ kind, message });
});
