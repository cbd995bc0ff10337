import { isObject, type JsonObject } from "@codex/protocol/json";
import type { WireClient } from "../../support/app-server-process.ts";
import { type Client, text } from "./exchange.ts";

/** A client of an exchange on a wire. */
export function exchangeClient(name: string, wire: WireClient, close: () => void): Client {
  const asked: { id: string; method: string }[] = [];
  const answered = async (id: string, method: string) =>
    wire.until((message) => message["id"] === id && !("method" in message), `answer to ${method}`);
  const ask: Client["ask"] = async (method, params) => {
    const id = `${name} ${asked.length + 1}`;
    asked.push({ id, method });
    wire.send({ id, method, ...(params === undefined ? {} : { params }) });
    return answered(id, method);
  };
  const must: Client["must"] = async (method, params) => {
    const { result, error } = await ask(method, params);
    if (!isObject(result)) throw new Error(`${name}: ${method} gave ${JSON.stringify(error)}`);
    return result as JsonObject;
  };
  const nth = async (count: number, what: string, fits: (message: JsonObject) => boolean): Promise<JsonObject> => {
    let seen = 0;
    return wire.until((message) => fits(message) && ++seen === count, `${what} number ${count}`);
  };
  const hears: Client["hears"] = async (method, count = 1) =>
    (await nth(count, method, (message) => message["method"] === method))["params"] as JsonObject;
  const turn: Client["turn"] = async (threadId, words, more = {}) => {
    const result = await must("turn/start", { threadId, input: text(words), ...more });
    return (result["turn"] as { id: string }).id;
  };
  return {
    name,
    heard: wire.heard,
    asked,
    ask,
    must,
    send: wire.send,
    hears,
    until: (fits) => wire.until(fits),
    async isAsked(count = 1) {
      const question = await nth(count, "question", (message) => "method" in message && "id" in message);
      return question as { id: number; method: string; params: JsonObject };
    },
    answer: (id, result) => wire.send({ id, result }),
    async thread(params = {}) {
      const result = await must("thread/start", params);
      return (result["thread"] as { id: string }).id;
    },
    turn,
    async wholeTurn(threadId, words, more) {
      const before = wire.heard.filter((message) => message["method"] === "turn/completed").length;
      const id = await turn(threadId, words, more);
      await hears("turn/completed", before + 1);
      return id;
    },
    turnsEnd: (count = 1) => hears("turn/completed", count),
    close,
  };
}
