import { defaultIssuer } from "@codex/auth/endpoints";
import type { SignInAttempt, SignInDeps } from "@codex/auth/sign-in/sign-in-deps";
import { logFile } from "@codex/platform/log-file";
import { openBrowser } from "@codex/platform/open-browser";
import { stdio } from "@codex/platform/stdio";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import type { LoginFlags } from "./login-flags.ts";
import type { Login } from "./open-login.ts";

/** `codex login` and `codex login --device-auth`, until somebody has signed in or it is given up. */
export async function signInWithChatGpt(flags: LoginFlags, login: Login): Promise<Result<void, string>> {
  const { auth, restrictions, logFolder } = login;
  if (restrictions.method === "api") return err("ChatGPT login is disabled. Use API key login instead.");
  const deps: SignInDeps = {
    issuer: {
      url: flags.experimental_issuer ?? defaultIssuer.url,
      clientId: flags.experimental_clientId ?? defaultIssuer.clientId,
    },
    restrictions,
    http: auth.http,
    client: auth.client,
    save: auth.saveSignedIn,
    log: logFile(join(logFolder, "codex-login.log")),
  };
  const done = await (flags.deviceAuth ? byDevice(deps) : byBrowser(deps, login));
  // The login that was replaced is being revoked.
  await auth.settled();
  if (!done.ok) return err(`Error logging in: ${done.error}`);
  stdio.err("Successfully logged in\n");
  return ok(undefined);
}

async function byBrowser(deps: SignInDeps, { codexHome, env }: Login): Promise<Result<void, string>> {
  const { startBrowserSignIn } = await import("@codex/auth/sign-in/browser-sign-in");
  deps.log("INFO", "starting browser login flow");
  const started = await startBrowserSignIn({ codexHome }, deps);
  if (!started.ok) return started;
  const { authUrl, port } = started.value;
  return untilDone(started.value, () => {
    stdio.err(
      `Starting local login server on http://localhost:${port}.\n` +
        `If no browser opens, go to this address to sign in:\n\n${authUrl}\n\n` +
        "No browser on this machine? Use `codex login --device-auth` instead.\n",
    );
    openBrowser(authUrl, env);
  });
}

async function byDevice(deps: SignInDeps): Promise<Result<void, string>> {
  const { startDeviceSignIn } = await import("@codex/auth/sign-in/device-sign-in");
  deps.log("INFO", "starting device code login flow");
  const started = await startDeviceSignIn(deps);
  if (!started.ok) return started;
  const { verificationUrl, userCode } = started.value;
  const shown = stdio.isTerminal("out") ? `\u001b[94m${userCode}\u001b[0m` : userCode;
  return untilDone(started.value, () => {
    // As the original does it, so that programs find the code.
    stdio.out(
      `To sign in with ChatGPT:\n\n1. Open this address in a browser, on any machine, and sign in:\n   ${verificationUrl}\n\n` +
        `2. Type this one-time code there (it expires in 15 minutes):\n   ${shown}\n\n` +
        "Never give this code to anybody, and type none that somebody else has sent you: it signs them in as you.\n",
    );
  });
}

/** Ctrl-C gives up properly, from the first word on: the port is free again and nothing is left behind. */
async function untilDone(attempt: SignInAttempt, tell: () => void): Promise<Result<void, string>> {
  const { onSignal } = await import("@codex/platform/on-signal");
  const stop = onSignal(() => attempt.cancel());
  try {
    tell();
    return await attempt.done;
  } finally {
    stop();
  }
}
