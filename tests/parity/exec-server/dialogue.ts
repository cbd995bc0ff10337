import type { JsonObject, JsonValue } from "@codex/protocol/json";
import type { Workspace } from "../../../packages/scripted-model/src/workspace.ts";
import { execOnStdio, execServer, type ExecClient } from "../../support/exec-server-process.ts";
import { createMask, maskValue } from "../mask.ts";

/** Something that one client and an exec server have to say to each other. */
export type Dialogue = {
  readonly name: string;
  readonly over: "stdio" | "ws";
  readonly files?: Readonly<Record<string, string>>;
  hold(stage: Stage): Promise<void>;
};

export type Stage = {
  readonly client: ExecClient;
  readonly ws: Workspace;
  /** Asks, and keeps the answer under the label. */
  ask(label: string, method: string, params?: JsonObject): Promise<JsonObject>;
  /** Waits for the end of a process, and keeps what was told of it. */
  ended(processId: string): Promise<void>;
  /** Keeps something else that is to be the same on both sides. */
  keep(label: string, value: JsonValue): void;
  /** Another connection to the same server; WebSockets only. */
  connect(): Promise<ExecClient>;
};

/** What a dialogue with one program came to, with the places and moments of the run masked. */
export async function holdDialogue(dialogue: Dialogue, ws: Workspace, binary: string): Promise<JsonValue> {
  const answers: Record<string, JsonValue> = {};
  const processes: Record<string, JsonValue> = {};
  const options = { ws, binary };
  const server = dialogue.over === "ws" ? await execServer(options) : undefined;
  await using only = server ?? (await execOnStdio(options));
  const client = server ? await server.connect() : (only as ExecClient);
  await dialogue.hold({
    client,
    ws,
    async ask(label, method, params) {
      const answer = await client.ask(method, params);
      const { id: _id, ...rest } = answer;
      answers[label] = rest as JsonValue;
      return answer;
    },
    async ended(processId) {
      const { seqs, ...story } = await client.ended(processId);
      // How many pieces output comes in is chance; that nothing is missing between them is not.
      processes[processId] = { ...story, inOrder: seqs.every((seq, i) => seq === i + 1) };
    },
    keep: (label, value) => void (answers[label] = value),
    connect: () => (server ? server.connect() : Promise.reject(new Error("there is one client on standard streams"))),
  });
  const mask = createMask([[ws.root, "<root>"]]);
  return maskValue(withoutTimes({ answers, processes }), mask);
}

/** Moments of the run; one that a side does not know stays as it is. */
function withoutTimes(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key.endsWith("AtMs") && typeof entry === "number" && entry > 0 ? "<ms>" : withoutTimes(entry as JsonValue),
    ]),
  );
}
