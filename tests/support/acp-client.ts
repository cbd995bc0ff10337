import { isObject, parseJson, type JsonObject } from "@codex/protocol/json";
import { within } from "../../packages/scripted-model/src/within.ts";

/** An editor on the other side of an ACP agent: newline-delimited JSON-RPC on the agent's standard streams. */
export type AcpClient = AsyncDisposable & {
  /** The `update` of every `session/update`, oldest first. */
  readonly updates: readonly JsonObject[];
  /** What the agent asked for, by method. */
  readonly asked: readonly { method: string; params: JsonObject }[];
  request(method: string, params: JsonObject): Promise<JsonObject>;
  notify(method: string, params: JsonObject): void;
  until(fits: (update: JsonObject) => boolean): Promise<void>;
  /** Ends the agent's input and gives its exit code. */
  end(): Promise<number>;
};

const patience = 15_000;

/** Starts an agent. Of the permissions it asks for, the option of this kind is chosen. */
export function acpClient(command: string[], place: { cwd: string; env: Record<string, string> }): AcpClient {
  const child = Bun.spawn(command, { ...place, stdio: ["pipe", "pipe", "ignore"] });
  const updates: JsonObject[] = [];
  const asked: { method: string; params: JsonObject }[] = [];
  const waiting = new Map<number, (answer: JsonObject) => void>();
  let listeners: (() => void)[] = [];
  let nextId = 1;
  const send = (message: JsonObject) => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    void child.stdin.flush();
  };
  const hear = ({ id, method, params, ...answer }: JsonObject) => {
    if (method === undefined) waiting.get(Number(id))?.(answer);
    else if (id === undefined) {
      // Agents have notifications of their own besides.
      if (method === "session/update") updates.push((params as JsonObject)["update"] as JsonObject);
    } else {
      asked.push({ method: String(method), params: params as JsonObject });
      const option = ((params as JsonObject)["options"] as JsonObject[]).find(({ kind }) => kind === "allow_once");
      send({ id, result: { outcome: { outcome: "selected", optionId: option?.["optionId"] ?? "" } } });
    }
    for (const listener of listeners.splice(0)) listener();
  };
  void (async () => {
    let rest = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const message = parseJson(line);
        if (isObject(message)) hear(message as JsonObject);
      }
    }
  })();
  const come = async (fits: (update: JsonObject) => boolean): Promise<void> => {
    while (!updates.some(fits)) await new Promise<void>((resolve) => void listeners.push(resolve));
  };
  return {
    updates,
    asked,
    async request(method, params) {
      const id = nextId++;
      const answer = new Promise<JsonObject>((resolve) => void waiting.set(id, resolve));
      send({ id, method, params });
      const { result, error } = await within(patience, answer, `No answer to ${method}.`);
      if (isObject(result)) return result as JsonObject;
      throw new Error(`${method}: ${JSON.stringify(error)}`);
    },
    notify: (method, params) => send({ method, params }),
    until: (fits) => within(patience, come(fits), "No such update came."),
    async end() {
      void child.stdin.end();
      return within(patience, child.exited, "The agent does not end.");
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
