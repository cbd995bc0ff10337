import { defaultIssuer, type Issuer } from "@codex/auth/endpoints";
import { isHeaderSafe } from "@codex/auth/is-header-safe";
import { jwtClaims } from "@codex/auth/jwt";
import type { Restrictions } from "@codex/auth/restrictions";
import type { SignInDeps } from "@codex/auth/sign-in/sign-in-deps";
import { originatorOf } from "@codex/model/originator";
import { logFile } from "@codex/platform/log-file";
import { fail } from "@codex/protocol/errors";
import type { Params, Result as Started } from "@codex/protocol/methods/account-login-start";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { configNow } from "../config-now.ts";
import type { Connection } from "../connection.ts";
import type { AppServer } from "../server.ts";
import { accountUpdated } from "./account-updated.ts";
import type { Accounts } from "./accounts.ts";
import { askForTokens } from "./ask-for-tokens.ts";

/** One way to sign in, asked for by one client. */
type Login<T extends Params["type"]> = {
  params: Extract<Params, { type: T }>;
  server: AppServer;
  connection: Connection;
  accounts: Accounts;
  restrictions: Restrictions;
};

const refused = (why: string): Result<never> => err(fail("loginRefused", why));

/** Signs in, or begins to: who has to do something in a browser first is told later how it ended. */
export async function logIn(
  params: Params,
  { server, connection }: Pick<Login<"apiKey">, "server" | "connection">,
): Promise<Result<Started>> {
  const accounts = await server.accounts();
  const restrictions = await accounts.restrictions();
  const rest = { server, connection, accounts, restrictions };
  if (params.type !== "chatgptAuthTokens" && accounts.auth.external()) return refused(externalIsActive);
  switch (params.type) {
    case "apiKey":
      return withKey({ params, ...rest });
    case "chatgpt":
      return inBrowser({ params, ...rest });
    case "chatgptDeviceCode":
      return byDeviceCode({ params, ...rest });
    case "chatgptAuthTokens":
      return withClientsTokens({ params, ...rest });
    case "amazonBedrock":
    case "amazonBedrockAccessKeys":
      return refused("This version of Codex signs in with ChatGPT or an API key only.");
  }
}

const externalIsActive =
  "External auth is active. Use account/login/start (chatgptAuthTokens) to update it or account/logout to clear it.";

async function withKey({ params, accounts, restrictions }: Login<"apiKey">): Promise<Result<Started>> {
  if (restrictions.method === "chatgpt") return refused("API key login is disabled. Use ChatGPT login instead.");
  const key = params.apiKey.trim();
  if (key === "") return refused("The API key is empty. Give one that begins with `sk-`.");
  if (!isHeaderSafe(key)) {
    return refused("The API key holds blanks or characters that HTTP forbids. Check what was copied, and try again.");
  }
  await accounts.signIns.end();
  const saved = await accounts.auth.saveApiKey(key);
  if (!saved.ok) return err(fail("loginNotStored", saved.error));
  await tellLoggedIn(accounts);
  return ok({ type: "apiKey" });
}

async function inBrowser({ params, ...login }: Login<"chatgpt">): Promise<Result<Started>> {
  if (login.restrictions.method === "api") return refused(chatGptDisabled);
  const deps = await signInDeps(login);
  const { startBrowserSignIn } = await import("@codex/auth/sign-in/browser-sign-in");
  const brand = params.appBrand ?? "codex";
  const hosted = params.useHostedLoginSuccessPage === true && { successUrl: `${hostedSuccess}&app_brand=${brand}` };
  const ports = login.server.loginPorts;
  const options = { codexHome: login.server.engine.codexHome, ...(ports && { ports }), ...hosted };
  const started = await login.accounts.signIns.begin("browser", () => startBrowserSignIn(options, deps));
  if (!started.ok) return err(fail("loginFailed", started.error));
  return ok({ type: "chatgpt", loginId: started.value.loginId, authUrl: started.value.authUrl });
}

/** ChatGPT's own page, which leads back to the app that asked. */
const hostedSuccess = "https://chatgpt.com/codex/open-app?source=login";

async function byDeviceCode({ params, ...login }: Login<"chatgptDeviceCode">): Promise<Result<Started>> {
  if (login.restrictions.method === "api") return refused(chatGptDisabled);
  const deps = await signInDeps(login);
  const { deviceLoginIsOff, startDeviceSignIn } = await import("@codex/auth/sign-in/device-sign-in");
  const started = await login.accounts.signIns.begin("device", () => startDeviceSignIn(deps));
  if (!started.ok && started.error === deviceLoginIsOff) return refused(started.error);
  if (!started.ok) return err(fail("loginFailed", `failed to request device code: ${started.error}`));
  const { loginId, verificationUrl, userCode } = started.value;
  return ok({ type: params.type, loginId, verificationUrl, userCode });
}

const chatGptDisabled = "ChatGPT login is disabled. Use API key login instead.";

/** Tokens that the client has got by itself. They stay in memory, and that client alone is asked for others. */
async function withClientsTokens(login: Login<"chatgptAuthTokens">): Promise<Result<Started>> {
  const { params, server, connection, accounts, restrictions } = login;
  const { accessToken, chatgptAccountId: accountId, chatgptPlanType } = params;
  const { method, workspaces } = restrictions;
  if (method === "api") return refused("External ChatGPT auth is disabled. Use API key login instead.");
  if (workspaces !== undefined && !workspaces.includes(accountId)) {
    const allowed = workspaces.map((id) => JSON.stringify(id)).join(", ");
    return refused(
      `External auth must use one of workspace(s) [${allowed}], but received ${JSON.stringify(accountId)}.`,
    );
  }
  if (!jwtClaims(accessToken) || !isHeaderSafe(accessToken)) {
    return err(fail("loginFailed", "failed to set external auth: invalid ID token format"));
  }
  await accounts.signIns.end();
  accounts.auth.useExternal({
    tokens: { accessToken, accountId, planType: chatgptPlanType ?? undefined },
    refresh: (previousAccountId) => askForTokens(server.subscriptions, connection, previousAccountId),
  });
  await tellLoggedIn(accounts);
  return ok({ type: "chatgptAuthTokens" });
}

async function tellLoggedIn(accounts: Accounts): Promise<void> {
  accounts.news.tell({
    method: "account/login/completed",
    params: { loginId: null, success: true, error: null, onboardingEntrypoint: null },
  });
  accounts.news.tell(await accountUpdated(accounts));
}

async function signInDeps(login: Omit<Login<"chatgpt">, "params">): Promise<SignInDeps> {
  const { server, connection, accounts, restrictions } = login;
  const { engine } = server;
  const loaded = await configNow(server);
  const folder = (loaded.ok ? loaded.value.config.log_dir : undefined) ?? join(engine.codexHome, "log");
  const client = connection.client ?? { name: "codex_cli_rs", version: "" };
  const presented = {
    originator: originatorOf(engine.host.env, client.name),
    userAgent: engine.userAgent(client),
  };
  return {
    issuer: issuerOf(engine.host.env),
    restrictions,
    http: accounts.auth.http,
    client: () => presented,
    save: accounts.auth.saveSignedIn,
    log: logFile(join(folder, "codex-login.log")),
  };
}

/** `CODEX_APP_SERVER_LOGIN_ISSUER` and `CODEX_APP_SERVER_LOGIN_CLIENT_ID` lead the sign-ins of clients elsewhere. */
const issuerOf = (env: Readonly<Record<string, string | undefined>>): Issuer => ({
  url: env["CODEX_APP_SERVER_LOGIN_ISSUER"] || defaultIssuer.url,
  clientId: env["CODEX_APP_SERVER_LOGIN_CLIENT_ID"] || defaultIssuer.clientId,
});
