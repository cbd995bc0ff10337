import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isObject, type JsonObject, parseJson } from "@codex/protocol/json";
import { type Answer, buildAnswer } from "./build-answer.ts";
import { type CapturedRequest, captureRequest } from "./captured-request.ts";
import { checkRequest } from "./check-request.ts";
import { playAnswer } from "./play-answer.ts";
import { type Script, takeSteps } from "./script.ts";
import { within } from "./within.ts";

export type ServeOptions = {
  /** Named in every complaint. */
  name?: string;
  /** Plays the last step again for every request beyond it, instead of complaining. */
  repeat?: boolean;
  /** What to check on each request: all by default; `false` nothing; `{ headers: false }` all but the headers. */
  check?: boolean | { headers: boolean };
  /** The entries that `GET …/models` answers with; without them it answers 404. */
  models?: JsonObject[];
  /** 0, the default, takes a free port. */
  port?: number;
};

export type ScriptedServer = AsyncDisposable & {
  /** The base URL for a provider, ending in `/v1`. */
  url: string;
  /** The requests for a response, in order of arrival. */
  requests: CapturedRequest[];
  /** Everything else that was asked for, as `GET /v1/models`. */
  otherRequests: string[];
  /** What was wrong with the requests or the scenario so far; `close` throws where there is any. */
  complaints: string[];
  /** The request of an index, as soon as it has arrived; an error after 20 seconds. */
  arrival(index: number): Promise<CapturedRequest>;
  /** Stops at once, breaking open connections. Throws an error that lists the complaints, so that the test fails. */
  close(): Promise<void>;
};

/**
 * Serves a scenario as a Responses API on loopback. It speaks node:http because a test needs to reset a connection before
 * the headers, which Bun.serve cannot do.
 */
export async function serveScript(script: Script, options: ServeOptions = {}): Promise<ScriptedServer> {
  const name = options.name ?? "unnamed scenario";
  const seen: Seen = { requests: [], otherRequests: [], complaints: [] };
  const arrivals = waitingList<CapturedRequest>();
  const complain = (complaint: string) => {
    const sentence = `Scripted model (${name}): ${complaint}.`;
    seen.complaints.push(sentence);
    return sentence;
  };
  const answer = answerer(script, options, complain);

  const server = createServer((message, response) => {
    handle(message, response, options, seen, async (arrived) => {
      const request = captureRequest({ ...arrived, index: seen.requests.length });
      seen.requests.push(request);
      arrivals.announce(request.index, request);
      return answer(request);
    }).catch((error: unknown) => {
      // A client that was killed while it sent its request is no fault.
      if (!message.socket.destroyed)
        complain(`${message.method} ${message.url} could not be handled: ${String(error)}`);
      message.socket.destroy();
    });
  });
  server.on("connection", (socket) => socket.setNoDelay(true));
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(options.port ?? 0, "127.0.0.1", listening.resolve);
  await listening.promise;

  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    server.closeAllConnections();
    server.close();
    if (seen.complaints.length > 0) throw new Error(seen.complaints.join("\n"));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    ...seen,
    arrival: (index) =>
      within(arrivalLimitMs, arrivals.wait(index), `Scripted model (${name}): request ${index + 1} did not come.`),
    close,
    [Symbol.asyncDispose]: close,
  };
}

const arrivalLimitMs = 20_000;

type Seen = Pick<ScriptedServer, "requests" | "otherRequests" | "complaints">;
type Arrived = Parameters<typeof captureRequest>[0];

/** Reads one HTTP request and sends it where it belongs. */
async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  options: ServeOptions,
  seen: Seen,
  respond: (arrived: Omit<Arrived, "index">) => Promise<Answer>,
): Promise<void> {
  const path = new URL(message.url ?? "/", "http://loopback").pathname;
  const bytes = await readAll(message);
  if (message.method !== "POST" || !path.endsWith("/responses")) {
    seen.otherRequests.push(`${message.method} ${message.url}`);
    await playAnswer(otherAnswer(path, options), response, Promise.resolve());
    return;
  }
  const closed = outcome(response);
  const headers = Object.fromEntries(Object.entries(message.headers).map(([key, value]) => [key, String(value)]));
  const answer = await respond({ path, headers, body: readBody(bytes, headers), closed });
  await playAnswer(answer, response, closed);
}

/** Works out the answer to a request: the next step, or a complaint as an HTTP error. */
function answerer(script: Script, options: ServeOptions, complain: (complaint: string) => string) {
  const take = takeSteps(script, options.repeat ?? false);
  let beyond = 0;
  const takeId = counter();
  const wanted = typeof options.check === "object" ? options.check : { headers: true };
  return async (request: CapturedRequest): Promise<Answer> => {
    const faults = options.check === false ? [] : checkRequest(request, wanted);
    if (faults.length > 0) return refusal(400, complain(`request ${request.index + 1}: ${faults.join("; ")}`));
    try {
      const pieces = await take(request);
      if (pieces !== undefined) return buildAnswer(pieces, takeId("resp"), takeId);
      // A client may take a 500 for a passing trouble and ask again for half a minute: only the first one gets it.
      return refusal(beyond++ === 0 ? 500 : 400, complain(`the scenario has no step for request ${request.index + 1}`));
    } catch (error) {
      return refusal(500, complain(`step ${request.index + 1} failed: ${String(error)}`));
    }
  };
}

const refusal = (status: number, message: string): Answer => ({
  kind: "status",
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ error: { type: "scripted_model", message } }),
});

function otherAnswer(path: string, options: ServeOptions): Answer {
  if (options.models === undefined || !path.endsWith("/models")) {
    return refusal(404, `The scripted model has nothing at ${path}.`);
  }
  return {
    kind: "status",
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ models: options.models }),
  };
}

/** A body that is no JSON object reads as an empty one, about which the checks complain. */
function readBody(bytes: Uint8Array, headers: Record<string, string>): JsonObject {
  const plain = headers["content-encoding"] === "zstd" ? Bun.zstdDecompressSync(bytes) : bytes;
  const body = parseJson(new TextDecoder().decode(plain));
  return isObject(body) ? (body as JsonObject) : {};
}

async function readAll(message: IncomingMessage): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of message) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

const outcome = (response: ServerResponse): Promise<"finished" | "dropped"> =>
  new Promise((resolve) => {
    response.once("close", () => resolve(response.writableFinished ? "finished" : "dropped"));
  });

/** Numbers each family on its own: msg_1, fc_1, msg_2. */
function counter() {
  const counts = new Map<string, number>();
  return (family: string): string => {
    const count = (counts.get(family) ?? 0) + 1;
    counts.set(family, count);
    return `${family}_${count}`;
  };
}

/** Promises by index that whoever comes first makes: the one who waits or the one who announces. */
function waitingList<T>() {
  const entries = new Map<number, PromiseWithResolvers<T>>();
  const entry = (index: number): PromiseWithResolvers<T> => {
    const found = entries.get(index) ?? Promise.withResolvers<T>();
    entries.set(index, found);
    return found;
  };
  return {
    wait: (index: number): Promise<T> => entry(index).promise,
    announce: (index: number, value: T): void => entry(index).resolve(value),
  };
}
