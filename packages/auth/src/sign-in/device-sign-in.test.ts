import { expect, test } from "bun:test";
import { err, ok } from "@codex/protocol/result";
import { exchanged } from "../../../../tests/support/chatgpt-service.ts";
import { unrestricted } from "../restrictions.ts";
import { startDeviceSignIn } from "./device-sign-in.ts";

/** `polls` are the answers to the question whether the code was typed; the last one stays. */
async function begin(polls: Response[], timeoutMs = 10_000) {
  const asked: string[] = [];
  let time = 0;
  const answer = (path: string, body: string): Response => {
    if (path.endsWith("/usercode")) return Response.json({ device_auth_id: "d", usercode: "AB-12", interval: "0.001" });
    if (path.endsWith("/token") && path.includes("deviceauth"))
      return polls[Math.min(time++, polls.length - 1)] ?? pending();
    return exchanged(new URLSearchParams(body));
  };
  const started = await startDeviceSignIn(
    {
      issuer: { url: "http://issuer/", clientId: "client" },
      restrictions: unrestricted,
      http: async ({ url, body = "" }) => {
        asked.push(`${url} ${body}`);
        const reply = answer(new URL(url).pathname, body);
        return ok({ status: reply.status, text: await reply.text() });
      },
      client: () => ({ originator: "o", userAgent: "u" }),
      save: async ({ refreshToken, issuer }) =>
        refreshToken === "rt-signed-in" && issuer === "http://issuer" ? ok(undefined) : err("other tokens"),
      log: () => undefined,
    },
    { timeoutMs },
  );
  if (!started.ok) throw new Error(started.error);
  return { ...started.value, asked };
}

const pending = (status = 403): Response => new Response("{}", { status });
const typed = (): Response => Response.json({ authorization_code: "ac", code_challenge: "cc", code_verifier: "cv" });

test("asks until the code was typed, then takes tokens for it", async () => {
  const signIn = await begin([pending(403), pending(404), typed()]);
  expect([signIn.verificationUrl, signIn.userCode]).toEqual(["http://issuer/codex/device", "AB-12"]);
  expect(await signIn.done).toEqual(ok(undefined));
  expect(signIn.asked).toHaveLength(5);
  expect(signIn.asked.at(-1)).toBe(
    "http://issuer/oauth/token grant_type=authorization_code&client_id=client&code=ac&redirect_uri=http%3A%2F%2Fissuer%2Fdeviceauth%2Fcallback&code_verifier=cv",
  );
});

test("ends at another status, when it is given up, and when the time is over", async () => {
  expect(await (await begin([pending(400)])).done).toEqual(err("device auth failed with status 400 Bad Request"));
  const given = await begin([]);
  given.cancel();
  expect(await given.done).toEqual(err("Login cancelled"));
  expect(await (await begin([], 0)).done).toEqual(err("device auth timed out after 0 minutes"));
});
