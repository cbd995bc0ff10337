import type { JsonObject, JsonValue } from "@codex/protocol/json";
import type { Gate } from "../../../packages/scripted-model/src/gate.ts";
import type { Script } from "../../../packages/scripted-model/src/script.ts";
import type { ScriptedServer } from "../../../packages/scripted-model/src/serve-script.ts";
import type { Workspace } from "../../../packages/scripted-model/src/workspace.ts";

/** A conversation of clients with one app server, held with each of the two programs. */
export type Exchange = {
  readonly name: string;
  /** The model's answers. Gates by name: `gate("go")` in a step waits for `stage.gate("go").open()`. */
  readonly steps?: (gate: (name: string) => Gate) => Script;
  /** More of config.toml: keys first, then tables. */
  readonly config?: string;
  /** Replaces the whole of config.toml. */
  readonly wholeConfig?: string;
  /** Further keys of the provider. */
  readonly provider?: Record<string, string | number | boolean>;
  readonly files?: Record<string, string>;
  /** Pipes when absent; only a WebSocket takes several clients. */
  readonly wire?: "websocket";
  /** False leaves it to the exchange to say hello. */
  readonly hello?: false;
  readonly play: (stage: Stage) => Promise<void>;
};

/** What an exchange has at hand. */
export type Stage = {
  readonly app: Client;
  readonly ws: Workspace;
  readonly model: ScriptedServer;
  readonly gate: (name: string) => Gate;
  /** Another client of the same server. */
  readonly connect: (name?: string) => Promise<Client>;
  /** Ends the server's input, waits for its end, and starts another one on the same folders. */
  readonly restart: () => Promise<Client>;
  readonly endInput: () => Promise<void>;
  readonly kill: (signal: "SIGTERM" | "SIGINT") => void;
  readonly exited: () => Promise<number>;
  /** What is heard from now on is not compared: for what the original tells at times, and at times not. */
  readonly hush: () => void;
  /** Puts a fact beside what was said, to be compared as well. */
  readonly note: (name: string, fact: JsonValue) => void;
};

/** One client, and everything that it said and heard. */
export type Client = {
  readonly name: string;
  readonly heard: readonly JsonObject[];
  /** The requests in the order they were sent. */
  readonly asked: readonly { readonly id: string; readonly method: string }[];
  /** Sends a request; the answer whole, with its `result` or `error`. */
  readonly ask: (method: string, params?: unknown) => Promise<JsonObject>;
  /** The result; throws where there is none. */
  readonly must: (method: string, params?: unknown) => Promise<JsonObject>;
  readonly send: (message: JsonObject) => void;
  /** The `count`th notification or question of this method, first of all 1. Its params. */
  readonly hears: (method: string, count?: number) => Promise<JsonObject>;
  /** Resolves when a message fits, of those heard from the beginning on. */
  readonly until: (fits: (message: JsonObject) => boolean) => Promise<JsonObject>;
  /** The `count`th message of the server that asks for something. */
  readonly isAsked: (count?: number) => Promise<{ id: number; method: string; params: JsonObject }>;
  /** Answers what the server asked. */
  readonly answer: (id: number, result: JsonValue) => void;
  /** The id of a new thread. */
  readonly thread: (params?: JsonObject) => Promise<string>;
  /** Starts a turn with this text, and gives its id. */
  readonly turn: (threadId: string, text: string, more?: JsonObject) => Promise<string>;
  /** Starts a turn and waits until it has ended. */
  readonly wholeTurn: (threadId: string, text: string, more?: JsonObject) => Promise<string>;
  /** Resolves when so many turns have ended. */
  readonly turnsEnd: (count?: number) => Promise<JsonObject>;
  readonly close: () => void;
};

export const text = (words: string): JsonObject[] => [{ type: "text", text: words }];
