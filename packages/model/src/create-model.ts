import { cookieFetch } from "@codex/auth/cloudflare-cookies/with-cookies";
import { canConnect, usesProxy } from "@codex/platform/can-connect";
import { captureOutput } from "@codex/platform/capture-output";
import { systemClock } from "@codex/platform/clock";
import { authorityFile } from "@codex/platform/http";
import { newId } from "@codex/platform/ids";
import { sleep } from "@codex/platform/sleep";
import type { ResponsesRequest } from "@codex/protocol/responses";
import { httpTransport } from "./http-transport.ts";
import type { ModelEvent } from "./model-event.ts";
import type { Provider } from "./providers.ts";
import { streamResponses } from "./stream.ts";
import { commandToken } from "./token-command.ts";
import { fixedToken, type TokenSource } from "./token-source.ts";
import type { TurnState } from "./turn-state.ts";

/** What differs from one sampling to the next. */
export type Sampling = {
  /** From `requestHeaders`. */
  headers: Record<string, string>;
  turnState: TurnState;
  signal: AbortSignal;
};

/** A provider ready to be asked; see `streamResponses` for the contract. */
export type Model = {
  stream(request: () => ResponsesRequest | Promise<ResponsesRequest>, sampling: Sampling): AsyncIterable<ModelEvent>;
};

/** For one turn. Puts the real clock, network and token command behind a provider. Nothing is opened before the first request. */
export function createModel(
  provider: Provider,
  deps: { env: Readonly<Record<string, string | undefined>>; debug: (message: string) => void },
): Model {
  const { now } = systemClock;
  const token = tokenSource(provider, deps.env);
  const transport = httpTransport({
    url: provider.responsesUrl,
    idleTimeoutMs: provider.idleTimeoutMs,
    chatGpt: { url: provider.chatGptUrl, packs: provider.isOpenAi },
    authorityFile: authorityFile(deps.env),
    fetch: cookieFetch,
    now,
    debug: deps.debug,
    probe: usesProxy(deps.env) ? undefined : { afterMs: 7_000, canConnect: (url) => canConnect(url, 3_000) },
  });
  return {
    stream: (request, { headers, turnState, signal }) =>
      streamResponses(request, {
        transport,
        token,
        headers: { ...headers, ...provider.headers },
        secrets: provider.secrets,
        retries: provider.retries,
        turnState,
        signal,
        timing: { sleep, random: Math.random },
        newId,
        now,
        debug: deps.debug,
      }),
  };
}

function tokenSource({ token }: Provider, env: Readonly<Record<string, string | undefined>>): TokenSource {
  if (token.type === "fixed") return fixedToken(token.value);
  if (token.type === "signedIn") return token.session.startTurn();
  return commandToken(token.command, {
    run: ({ argv, cwd, timeoutMs }) => captureOutput(argv, { cwd, env, timeoutMs }),
    monotonic: systemClock.monotonic,
  });
}
