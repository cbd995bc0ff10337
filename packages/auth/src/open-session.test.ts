// What signs a conversation: refreshes, 401s, other accounts, other processes, a client's own tokens.
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { jwt, storedLogin } from "../../../tests/support/chatgpt-service.ts";
import { followLogin } from "./follow-login.ts";
import { createAuth } from "./open-auth.ts";
import { openSession } from "./open-session.ts";
import { refusedMarker } from "./refused-marker.ts";
import { unrestricted } from "./restrictions.ts";
import type { Signature } from "./signer.ts";
import { fileStore } from "./store/file-store.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "codex-session-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const store = (login: unknown) => Bun.write(join(home, "auth.json"), JSON.stringify(login));
const fresh = (mark: string) => Response.json({ access_token: jwt(4000, { mark }), refresh_token: `rt-${mark}` });

/** A process with its own view of the same home; `answer` plays the sign-in service. */
function processWith(answer: (time: number) => Response | Promise<Response>) {
  const sent: string[] = [];
  const auth = createAuth(
    { env: {}, environmentKey: "last" },
    {
      codexHome: home,
      env: { CODEX_REFRESH_TOKEN_URL_OVERRIDE: "http://service/oauth/token" },
      store: fileStore(home),
      marker: refusedMarker(home, true),
      http: async ({ body = "" }) => {
        sent.push(body);
        const reply = await answer(sent.length);
        return ok({ status: reply.status, text: await reply.text() });
      },
      client: () => ({ originator: "o", userAgent: "u" }),
      now: Date.now,
      sleep: () => Promise.resolve(),
      debug: () => undefined,
    },
  );
  const begin = () => {
    const credentials = auth.credentials();
    if (!credentials.ok || credentials.value === undefined || credentials.value.mode === "apiKey") {
      throw new Error(`no session for ${JSON.stringify(credentials)}`);
    }
    const session = openSession(credentials.value, { auth, restrictions: unrestricted, now: Date.now });
    if (!session.ok) throw new Error(session.error);
    return session.value;
  };
  return { auth, sent, begin };
}

const markOf = (signature: Result<Signature, string>) => {
  if (!signature.ok) return signature.error;
  const claims = JSON.parse(Buffer.from((signature.value.token ?? "").split(".")[1] ?? "", "base64url").toString());
  return String(claims.mark);
};

describe("a ChatGPT session", () => {
  test("says for which account, and whether that is a government's", async () => {
    await store(storedLogin(4000, { fedramp: true }));
    const signature = await processWith(() => fresh("x"))
      .begin()
      .startTurn()
      .current();
    expect(signature.ok && signature.value.headers).toEqual({
      "chatgpt-account-id": "acct-1",
      "x-openai-fedramp": "true",
    });
  });

  test("two processes of four conversations refresh an expired token once", async () => {
    await store(storedLogin(-10));
    const slowly = async () => {
      await Bun.sleep(50);
      return fresh("one");
    };
    const processes = [processWith(slowly), processWith(slowly)];
    const turns = processes.flatMap(({ begin }) => [1, 2, 3, 4].map(() => begin().startTurn()));
    const marks = await Promise.all(turns.map(async (turn) => markOf(await turn.current())));
    expect(marks).toEqual(Array.from({ length: 8 }, () => "one"));
    expect(processes.flatMap(({ sent }) => sent)).toHaveLength(1);
  });

  test("a refused refresh token is sent once, by whichever process and however often", async () => {
    await store(storedLogin(-10));
    const answer = () => Response.json({ error: { code: "refresh_token_reused" } }, { status: 401 });
    const processes = [processWith(answer), processWith(answer), processWith(answer)];
    for (let poll = 0; poll < 100; poll++) {
      const { begin } = processes[poll % 3] ?? processWith(answer);
      expect(markOf(await begin().startTurn().current())).toContain("your refresh token was already used");
    }
    expect(processes.flatMap(({ sent }) => sent)).toHaveLength(1);
    expect(processes.map(({ auth }) => auth.refusedFor() !== undefined)).toEqual([true, true, true]);

    // Any change of what is stored makes it worth another try.
    await store(storedLogin(4000, { mark: "new" }));
    expect(processes.map(({ auth }) => auth.refusedFor())).toEqual([undefined, undefined, undefined]);
    expect(markOf(await processWith(answer).begin().startTurn().current())).toBe("new");
  });

  test("a token with some minutes left serves although it could not be refreshed", async () => {
    await store(storedLogin(100));
    const { begin, sent } = processWith(() => new Response("", { status: 500 }));
    const turn = begin().startTurn();
    expect([markOf(await turn.current()), markOf(await turn.current())]).toEqual(["stored", "stored"]);
    expect(sent).toHaveLength(2);
    expect(await turn.renew(1)).toEqual(err("Failed to refresh token: 500 Internal Server Error"));
    expect(sent).toHaveLength(2);
  });

  test("after a 401 takes what another process stored, then refreshes, once in a turn", async () => {
    await store(storedLogin(4000, { mark: "old" }));
    const { begin, sent } = processWith((time) => fresh(`fresh-${time}`));
    const turn = begin().startTurn();
    await turn.current();
    await store(storedLogin(4000, { mark: "stored by another" }));
    expect(await turn.renew(1)).toEqual(ok(true));
    expect(markOf(await turn.current())).toBe("stored by another");
    expect(sent).toEqual([]);
    expect(await turn.renew(2)).toEqual(ok(true));
    expect(markOf(await turn.current())).toBe("fresh-1");
    expect(await turn.renew(3)).toEqual(ok(false));
    expect(JSON.parse(sent.join())).toMatchObject({
      refresh_reason: "unauthorized_recovery",
      refresh_token: "rt-stored",
    });
  });

  test("keeps its account when another is signed in to, and says so once its token is refused", async () => {
    await store(storedLogin(4000, { mark: "first" }));
    const { begin, sent } = processWith(() => fresh("x"));
    const session = begin();
    await store(storedLogin(4000, { mark: "second", account: "acct-2" }));
    const turn = session.startTurn();
    expect(markOf(await turn.current())).toBe("first");
    const renewal = await turn.renew(1);
    expect(!renewal.ok && renewal.error).toContain("since logged out or signed in to another account");
    expect(markOf(await begin().startTurn().current())).toBe("second");
    expect(sent).toEqual([]);
  });

  test("fresh tokens that cannot be stored serve every conversation of the process", async () => {
    await store(storedLogin(-10));
    const { begin, sent } = processWith(() => {
      rmSync(join(home, "auth.json.lock"), { force: true });
      mkdirSync(join(home, "auth.json.lock"));
      return fresh("unsaved");
    });
    expect(markOf(await begin().startTurn().current())).toBe("unsaved");
    expect(markOf(await begin().startTurn().current())).toBe("unsaved");
    expect(sent).toHaveLength(1);
    expect((await Bun.file(join(home, "auth.json")).json()).tokens.refresh_token).toBe("rt-stored");
  });

  test("fresh tokens do not overwrite another account that has signed in meanwhile", async () => {
    await store(storedLogin(-10));
    const { begin } = processWith(async () => {
      await store(storedLogin(4000, { mark: "second", account: "acct-2" }));
      return fresh("late");
    });
    expect(markOf(await begin().startTurn().current())).toBe("late");
    expect((await Bun.file(join(home, "auth.json")).json()).tokens.account_id).toBe("acct-2");
  });
});

describe("who signs in or out in this process", () => {
  test("speaks for its conversations too, from their next turn", async () => {
    await store(storedLogin(4000, { mark: "first" }));
    const { auth } = processWith(() => new Response("{}"));
    const followed = followLogin({ auth, restrictions: unrestricted, now: Date.now });
    const conversation = followed.ok ? followed.value : undefined;
    const signature = async () => conversation?.startTurn().current();
    expect(await signature()).toMatchObject({
      value: { login: "chatgpt", headers: { "chatgpt-account-id": "acct-1" } },
    });

    await auth.saveApiKey("sk-1");
    expect(await signature()).toEqual(ok({ token: "sk-1", headers: {}, login: "apiKey" }));
    await store(storedLogin(4000, { mark: "by another process" }));
    expect(await signature()).toMatchObject({ value: { token: "sk-1" } });
    await auth.logout();
    expect(await signature()).toEqual(err("Nobody is signed in any more. Run `codex login`."));
    await auth.saveApiKey("sk-2 with blanks");
    expect(await signature()).toMatchObject({ error: expect.stringContaining("characters that HTTP forbids") });
  });
});

describe("a client's own tokens", () => {
  const tokens = (mark: string, accountId = "acct-9") => ({
    accessToken: jwt(4000, { mark, account: accountId }),
    accountId,
    planType: undefined,
  });

  test("are asked for once after a 401, for all conversations, and nothing is stored", async () => {
    const { auth, begin, sent } = processWith(() => fresh("x"));
    const asked: string[] = [];
    auth.useExternal({
      tokens: tokens("one"),
      refresh: async (account) => {
        asked.push(account);
        return ok(tokens("two"));
      },
    });
    const turns = [begin().startTurn(), begin().startTurn()];
    for (const turn of turns) expect(markOf(await turn.current())).toBe("one");
    expect(await Promise.all(turns.map((turn) => turn.renew(1)))).toEqual([ok(true), ok(true)]);
    for (const turn of turns) expect(markOf(await turn.current())).toBe("two");
    expect(await turns[0]?.renew(2)).toEqual(ok(false));
    expect({ asked, sent, stored: auth.login() }).toEqual({ asked: ["acct-9"], sent: [], stored: undefined });
  });

  test("are not waited for longer than the client may take, and not asked for again meanwhile", async () => {
    const { auth } = processWith(() => fresh("x"));
    let asked = 0;
    const never = Promise.withResolvers<never>();
    auth.useExternal({ tokens: tokens("one"), refresh: () => ((asked += 1), never.promise) });
    const credentials = auth.credentials();
    if (!credentials.ok || credentials.value?.mode !== "chatgptAuthTokens") throw new Error("no external tokens");
    const restrictions = { method: undefined, workspaces: undefined };
    const session = openSession(credentials.value, { auth, restrictions, now: Date.now, clientPatienceMs: 50 });
    const turns = session.ok ? [session.value.startTurn(), session.value.startTurn()] : [];
    for (const turn of turns) await turn.current();
    const late = err("The client did not answer with new ChatGPT tokens within 0.05 s.");
    expect(await Promise.all(turns.map((turn) => turn.renew(1)))).toEqual([late, late]);
    expect({ asked, kept: auth.external()?.tokens.accountId }).toEqual({ asked: 1, kept: "acct-9" });
  });

  test("of a workspace that the config does not allow end the turn", async () => {
    const { auth } = processWith(() => fresh("x"));
    auth.useExternal({ tokens: tokens("one"), refresh: async () => ok(tokens("two", "acct-10")) });
    const credentials = auth.credentials();
    if (!credentials.ok || credentials.value?.mode !== "chatgptAuthTokens") throw new Error("no external tokens");
    const restrictions = { method: undefined, workspaces: ["acct-9"] };
    const session = openSession(credentials.value, { auth, restrictions, now: Date.now });
    const turn = session.ok ? session.value.startTurn() : undefined;
    await turn?.current();
    const renewal = await turn?.renew(1);
    expect(renewal?.ok === false && renewal.error).toContain("belong to acct-10");
    expect(auth.external()?.tokens.accountId).toBe("acct-9");
  });
});
