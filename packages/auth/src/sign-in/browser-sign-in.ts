import type { LoopbackServer } from "@codex/platform/serve-loopback";
import { err, ok, type Result } from "@codex/protocol/result";
import { defaultIssuer, trimmed } from "../endpoints.ts";
import { accountClaims } from "../jwt.ts";
import { authorizeUrl } from "./authorize-url.ts";
import { callbackPorts, listenForCallback } from "./callback-port.ts";
import { cancelProof } from "./cancel-proof.ts";
import { exchangeCode, exchangeForApiKey, type SignInFailure } from "./exchange-code.ts";
import { errorPage, successPage } from "./pages.ts";
import { makePkce, randomText } from "./random-text.ts";
import { cancelled, type SignInAttempt, type SignInDeps } from "./sign-in-deps.ts";

export type BrowserSignInOptions = {
  codexHome: string;
  /** 1455 and 1457 where nothing is said. */
  ports?: readonly number[];
  /** ms between two tries for a port that is in use. */
  retryMs?: number;
  /** How long the person may take; ten minutes where nothing is said. */
  timeoutMs?: number;
  /** Where the browser goes in the end instead of to a page of ours. */
  successUrl?: string;
};

export type BrowserSignIn = SignInAttempt & {
  /** Where the browser has to go. */
  readonly authUrl: string;
  readonly port: number;
};

/**
 * Signs in with the system's browser: it comes back with a code to a server of ours on this machine, which takes tokens for
 * it and stores them. No address that the browser sees holds a token.
 */
export async function startBrowserSignIn(
  options: BrowserSignInOptions,
  deps: SignInDeps,
): Promise<Result<BrowserSignIn, string>> {
  const { codexHome, ports = callbackPorts, timeoutMs = 600_000, successUrl } = options;
  const { issuer, restrictions } = deps;
  const { verifier, challenge } = makePkce();
  const state = randomText(32);
  const proof = cancelProof(codexHome);
  const outcome = Promise.withResolvers<Result<void, string>>();
  let secret = "";
  let redirectUri = "";
  // Who has given up is not signed in by what was under way.
  let over = false;
  const save: SignInDeps["save"] = async (signedIn) => (over ? err(cancelled) : deps.save(signedIn));
  const exchange = (code: string) => signIn({ code, verifier, redirectUri }, { ...deps, save });
  const answer = answers(
    { state, secret: () => secret, exchange, platformUrl: platformOf(deps), successUrl, end: outcome.resolve },
    deps,
  );

  const listening = await listenForCallback(answer, { ports, proof, retryMs: options.retryMs });
  if (!listening.ok) return listening;
  const server = listening.value;
  secret = proof.make(server.port);
  redirectUri = `http://127.0.0.1:${server.port}/auth/callback`;
  const { originator } = deps.client();
  const late = setTimeout(() => outcome.resolve(err(tooLate(timeoutMs))), timeoutMs);
  const done = outcome.promise.then(async (end) => {
    over = true;
    clearTimeout(late);
    proof.remove(secret);
    await close(server);
    return end;
  });
  return ok({
    authUrl: authorizeUrl({ issuer, redirectUri, challenge, state, originator, restrictions }),
    port: server.port,
    done,
    cancel: () => outcome.resolve(err(cancelled)),
  });
}

const tooLate = (ms: number): string =>
  `Nobody signed in within ${Math.round(ms / 60_000)} minutes. Run \`codex login\` again, or \`codex login --device-auth\`.`;

/** The last page is on its way when the outcome is known; a browser that keeps its connection open is not waited for. */
const close = (server: LoopbackServer): Promise<unknown> => Promise.race([server.stop(), Bun.sleep(1_000)]);

const platformOf = ({ issuer }: SignInDeps): string =>
  trimmed(issuer.url) === defaultIssuer.url ? "https://platform.openai.com" : "https://platform.api.openai.org";

type SignInEnd = { needsSetup: boolean };

/** From the code to the stored login. */
async function signIn(
  code: Parameters<typeof exchangeCode>[0],
  deps: SignInDeps,
): Promise<Result<SignInEnd, SignInFailure>> {
  const signedIn = await exchangeCode(code, deps);
  if (!signedIn.ok) return signedIn;
  const apiKey = await exchangeForApiKey(signedIn.value.idToken, deps);
  const saved = await deps.save({ ...signedIn.value, apiKey });
  if (!saved.ok) {
    deps.log("ERROR", "the login could not be stored");
    return err({ code: "persist_failed", message: `The login could not be stored: ${saved.error}` });
  }
  return ok({ needsSetup: accountClaims(signedIn.value.idToken)?.needsSetup ?? false });
}

type AnswerParts = {
  state: string;
  secret(): string;
  exchange(code: string): Promise<Result<SignInEnd, SignInFailure>>;
  platformUrl: string;
  successUrl: string | undefined;
  end(outcome: Result<void, string>): void;
};

/** The routes of the callback server; one sign-in, one exchange. */
function answers(parts: AnswerParts, { log }: SignInDeps): (request: Request) => Response | Promise<Response> {
  const { state, secret, exchange, platformUrl, successUrl, end } = parts;
  /** What the address of the success page must hold, once there is something to tell. */
  let success: { once: string; page: string } | undefined;
  let used = false;

  const fail = (failure: SignInFailure & { details?: string }): Response => {
    finishSoon(end, err(failure.message));
    return html(errorPage(failure));
  };
  const callback = async (url: URL): Promise<Response> => {
    const asked = (name: string): string => url.searchParams.get(name) ?? "";
    const valid = asked("state") === state && !used;
    log(
      valid ? "INFO" : "WARN",
      `login callback: code ${asked("code") !== ""}, error ${asked("error") !== ""}, state ${valid ? "valid" : "not valid"}`,
    );
    if (!valid) return text("State mismatch", 400);
    used = true;
    if (asked("error") !== "") {
      const details = asked("error_description") || asked("error");
      return fail({ code: asked("error"), message: `Sign-in failed: ${details}`, details });
    }
    if (asked("code") === "") {
      return fail({
        code: "missing_authorization_code",
        message: "Missing authorization code. Sign-in could not be completed.",
      });
    }
    const signedIn = await exchange(asked("code"));
    if (!signedIn.ok) return fail(signedIn.error);
    if (successUrl !== undefined) {
      finishSoon(end, ok(undefined));
      return new Response(null, { status: 302, headers: { ...plain, location: successUrl } });
    }
    success = { once: randomText(32), page: successPage({ needsSetup: signedIn.value.needsSetup, platformUrl }) };
    // The login is stored: a browser that never asks for the page does not hold it up.
    setTimeout(() => end(ok(undefined)), successPageMs);
    const location = `http://127.0.0.1:${url.port}/success?once=${success.once}`;
    return new Response(null, { status: 302, headers: { ...plain, location } });
  };

  return (request) => {
    if (request.method !== "GET") return text("Method Not Allowed", 405);
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/auth/callback":
        return callback(url);
      case "/success":
        if (success === undefined || url.searchParams.get("once") !== success.once) return text("Not Found", 404);
        finishSoon(end, ok(undefined));
        return html(success.page);
      case "/cancel":
        if (secret() === "" || url.searchParams.get("proof") !== secret()) return text("Forbidden", 403);
        finishSoon(end, err(cancelled));
        return text("Login cancelled", 200);
      default:
        return text("Not Found", 404);
    }
  };
}

const successPageMs = 5_000;

/** After the answer of this moment has been handed to the server. */
const finishSoon = (end: AnswerParts["end"], outcome: Result<void, string>): void => {
  setTimeout(() => end(outcome), 0);
};

const plain = { "cache-control": "no-store", "referrer-policy": "no-referrer", connection: "close" };

const text = (body: string, status: number): Response => new Response(body, { status, headers: plain });

const html = (body: string): Response =>
  new Response(body, { headers: { ...plain, "content-type": "text/html; charset=utf-8" } });
