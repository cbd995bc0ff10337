// The callback server: what it lets through, who may end it, what the browser gets to see.
import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { exchanged } from "../../../../tests/support/chatgpt-service.ts";
import { defaultIssuer } from "../endpoints.ts";
import { readRestrictions } from "../restrictions.ts";
import type { SignedIn } from "../stored-login.ts";
import { startBrowserSignIn, type BrowserSignIn, type BrowserSignInOptions } from "./browser-sign-in.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "codex-browser-"));
});
afterEach(() => rmSync(home, { recursive: true }));

type World = { workspace?: string; save?: Result<void, string>; answer?: typeof exchanged };

async function begin(options: Partial<BrowserSignInOptions> = {}, world: World = {}) {
  const saved: SignedIn[] = [];
  const log: string[] = [];
  const started = await startBrowserSignIn(
    { codexHome: home, ports: [0], ...options },
    {
      issuer: defaultIssuer,
      restrictions: readRestrictions({ forced_chatgpt_workspace_id: world.workspace }),
      http: async ({ body = "" }) => {
        const reply = (world.answer ?? exchanged)(new URLSearchParams(body));
        return ok({ status: reply.status, text: await reply.text() });
      },
      client: () => ({ originator: "codex_cli_rs", userAgent: "u" }),
      save: async (signedIn) => {
        if (world.save?.ok === false) return world.save;
        saved.push(signedIn);
        return ok(undefined);
      },
      log: (level, message) => void log.push(`${level} ${message}`),
    },
  );
  if (!started.ok) throw new Error(started.error);
  return { ...started.value, saved, log };
}

const state = ({ authUrl }: BrowserSignIn): string => new URL(authUrl).searchParams.get("state") ?? "";

const visit = (signIn: BrowserSignIn, path: string, method = "GET"): Promise<Response> =>
  fetch(`http://127.0.0.1:${signIn.port}${path}`, { method, redirect: "manual" });

const come = (signIn: BrowserSignIn, query: string): Promise<Response> =>
  visit(signIn, `/auth/callback?state=${state(signIn)}&${query}`);

test("a code becomes a stored login, and no address holds a token", async () => {
  const signIn = await begin();
  const redirect = await come(signIn, "code=the-code");
  expect(redirect.status).toBe(302);
  const location = redirect.headers.get("location") ?? "";
  expect(location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/success\?once=[\w-]{43}$/);
  const page = await fetch(location);
  expect(await page.text()).toContain("Signed in to Codex");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(await signIn.done).toEqual(ok(undefined));
  expect(signIn.saved).toMatchObject([
    { refreshToken: "rt-signed-in", apiKey: "sk-exchanged", clientId: defaultIssuer.clientId },
  ]);
  expect(signIn.log.join("\n")).not.toMatch(/the-code|rt-signed-in|sk-exchanged|eyJ/);
  expect(existsSync(join(home, "login-cancel.json"))).toBe(false);
});

test("only the right request counts, and only once", async () => {
  const signIn = await begin();
  const statuses = async (...requests: [string, string?][]) =>
    Promise.all(requests.map(async ([path, method]) => (await visit(signIn, path, method)).status));
  expect(
    await statuses(
      ["/auth/callback?code=c&state=wrong"],
      ["/auth/callback?code=c"],
      [`/auth/callback?code=c&state=${state(signIn)}`, "POST"],
      ["/success"],
      ["/success?once="],
      ["/cancel"],
      ["/cancel?proof=guess"],
      ["/cancel", "POST"],
      ["/other"],
    ),
  ).toEqual([400, 400, 405, 404, 404, 403, 403, 405, 404]);
  expect((await come(signIn, "code=c")).status).toBe(302);
  expect((await come(signIn, "code=c")).status).toBe(400);
  expect(signIn.saved).toHaveLength(1);
  signIn.cancel();
  await signIn.done;
});

test.each<[string, string, World, string, string]>([
  [
    "an error of the service",
    "error=access_denied&error_description=%3Cb%3Eno",
    {},
    "Sign-in failed: <b>no",
    "access_denied",
  ],
  ["no code", "code=", {}, "Missing authorization code. Sign-in could not be completed.", "missing_authorization_code"],
  [
    "another workspace",
    "code=c",
    { workspace: "w9" },
    "Login is restricted to workspace id(s) w9.",
    "workspace_restriction",
  ],
  [
    "a disk that is full",
    "code=c",
    { save: err("no space") },
    "The login could not be stored: no space",
    "persist_failed",
  ],
  [
    "a refused code, which the service quotes",
    "code=c0de",
    { answer: () => Response.json({ error_description: "c0de is old" }, { status: 400 }) },
    "Token exchange failed: token endpoint returned status 400 Bad Request: [REDACTED] is old",
    "token_exchange_failed",
  ],
])("%s ends it with a page and a sentence", async (_, query, world, sentence, code) => {
  const signIn = await begin({}, world);
  const page = await come(signIn, query);
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).toContain(`<dd>${code}</dd>`);
  expect(text).not.toContain("<b>");
  expect(await signIn.done).toEqual(err(sentence));
  expect(signIn.saved).toEqual([]);
});

test("a workspace without Codex is told so", async () => {
  const signIn = await begin();
  const page = await come(signIn, "error=access_denied&error_description=Missing_Codex_Entitlement");
  expect(await page.text()).toContain("You do not have access to Codex");
  await signIn.done;
});

test("a second sign-in of the same user takes the port over, and the first says that it was cancelled", async () => {
  const first = await begin();
  const second = await begin({ ports: [first.port], retryMs: 20 });
  expect(second.port).toBe(first.port);
  expect(await first.done).toEqual(err("Login cancelled"));
  second.cancel();
  expect(await second.done).toEqual(err("Login cancelled"));
});

test("a port that another program keeps is passed over, the last one named", async () => {
  using deaf = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: { data: (socket) => void socket.end("HTTP/1.1 404 No\r\n\r\n") },
  });
  const signIn = await begin({ ports: [deaf.port, 0], retryMs: 2 });
  expect(signIn.port).not.toBe(deaf.port);
  signIn.cancel();
  const refused = begin({ ports: [deaf.port], retryMs: 2 });
  expect(refused).rejects.toThrow(`Port 127.0.0.1:${deaf.port} is already in use`);
  await refused.catch(() => undefined);
});

test("nobody is waited for for ever", async () => {
  const signIn = await begin({ timeoutMs: 20 });
  const end = await signIn.done;
  expect(!end.ok && end.error).toStartWith("Nobody signed in within");
});
