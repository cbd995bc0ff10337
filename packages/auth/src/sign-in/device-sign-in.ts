import { sleep } from "@codex/platform/sleep";
import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { clientHeaders } from "../auth-http.ts";
import { trimmed } from "../endpoints.ts";
import { statusLine } from "../status-line.ts";
import { exchangeCode } from "./exchange-code.ts";
import { cancelled, type SignInAttempt, type SignInDeps } from "./sign-in-deps.ts";

export type DeviceSignIn = SignInAttempt & {
  /** Where the person types the code, on any machine. */
  readonly verificationUrl: string;
  readonly userCode: string;
};

/** Signs in by a code that the person types elsewhere: asks for the code, then asks again and again whether it was typed. */
export async function startDeviceSignIn(
  deps: SignInDeps,
  { timeoutMs = 15 * 60_000 }: { timeoutMs?: number } = {},
): Promise<Result<DeviceSignIn, string>> {
  const base = trimmed(deps.issuer.url);
  const asked = await ask(`${base}/api/accounts/deviceauth/usercode`, { client_id: deps.issuer.clientId }, deps);
  if (!asked.ok) return asked;
  if (asked.value.status === 404) {
    return err(deviceLoginIsOff);
  }
  if (!isSuccess(asked.value.status))
    return err(`device code request failed with status ${statusLine(asked.value.status)}`);
  const code = readUserCode(asked.value.body);
  if (code === undefined) return err("the device code answer of the server is not understood");
  const stop = new AbortController();
  return ok({
    verificationUrl: `${base}/codex/device`,
    userCode: code.userCode,
    done: waitForPerson(code, deps, { stop: stop.signal, endsAt: performance.now() + timeoutMs, timeoutMs }),
    cancel: () => stop.abort(),
  });
}

export const deviceLoginIsOff =
  "device code login is not enabled for this Codex server. Use the browser login or verify the server URL.";

type UserCode = { deviceAuthId: string; userCode: string; intervalMs: number };

function readUserCode(body: Record<string, unknown>): UserCode | undefined {
  const deviceAuthId = body["device_auth_id"];
  const userCode = body["user_code"] ?? body["usercode"];
  // The interval comes as a text.
  const seconds = Number(body["interval"] ?? 5);
  if (typeof deviceAuthId !== "string" || typeof userCode !== "string") return undefined;
  return { deviceAuthId, userCode, intervalMs: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 5_000 };
}

type Patience = { stop: AbortSignal; endsAt: number; timeoutMs: number };

async function waitForPerson(
  { deviceAuthId, userCode, intervalMs }: UserCode,
  deps: SignInDeps,
  { stop, endsAt, timeoutMs }: Patience,
): Promise<Result<void, string>> {
  const base = trimmed(deps.issuer.url);
  for (;;) {
    const answer = await ask(
      `${base}/api/accounts/deviceauth/token`,
      { device_auth_id: deviceAuthId, user_code: userCode },
      deps,
      stop,
    );
    if (stop.aborted) return err(cancelled);
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    if (isSuccess(status)) return finish(body, deps, stop);
    if (status !== 403 && status !== 404) return err(`device auth failed with status ${statusLine(status)}`);
    const left = endsAt - performance.now();
    if (left <= 0) return err(`device auth timed out after ${Math.round(timeoutMs / 60_000)} minutes`);
    await sleep(Math.min(intervalMs, left), stop);
    if (stop.aborted) return err(cancelled);
  }
}

async function finish(
  body: Record<string, unknown>,
  deps: SignInDeps,
  stop: AbortSignal,
): Promise<Result<void, string>> {
  const { authorization_code: code, code_verifier: verifier } = body;
  if (typeof code !== "string" || typeof verifier !== "string") {
    return err("the device auth answer of the server is not understood");
  }
  const redirectUri = `${trimmed(deps.issuer.url)}/deviceauth/callback`;
  const signedIn = await exchangeCode({ code, verifier, redirectUri }, deps);
  if (!signedIn.ok) return err(signedIn.error.message);
  return stop.aborted ? err(cancelled) : deps.save(signedIn.value);
}

async function ask(
  url: string,
  body: Record<string, string>,
  { http, client }: SignInDeps,
  signal?: AbortSignal,
): Promise<Result<{ status: number; body: Record<string, unknown> }, string>> {
  const headers = { ...clientHeaders(client()), "content-type": "application/json" };
  const reply = await http({ method: "POST", url, headers, body: JSON.stringify(body), timeoutMs: 30_000, signal });
  if (!reply.ok) return err(`the sign-in service cannot be reached (${reply.error.cause})`);
  const told = parseJson(reply.value.text);
  return ok({ status: reply.value.status, body: isObject(told) ? told : {} });
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;
