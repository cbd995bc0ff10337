// The AI SDK's community provider, unchanged, over `codex exec` and `codex app-server` of the built program.
import { describe, expect, test } from "bun:test";
import type { CapturedRequest } from "../packages/scripted-model/src/captured-request.ts";
import { binaryPath, prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import type { Piece } from "../packages/scripted-model/src/piece.ts";
import { model, workspace } from "../packages/scripted-model/src/testing.ts";
import { clientsInstalled, publishedFile } from "./support/published-clients.ts";

/** What of the published packages is used here. */
type Part = { readonly type: string; readonly toolName?: string };
type Asked = { readonly model: unknown; readonly prompt: string; readonly abortSignal?: AbortSignal };
type Ai = {
  generateText(asked: Asked): Promise<{ text: string; usage: Record<string, unknown>; finishReason: string }>;
  streamText(asked: Asked): { fullStream: AsyncIterable<Part>; text: PromiseLike<string> };
  generateObject(asked: Asked & { schema: unknown }): Promise<{ object: unknown }>;
};
type Provide = ((model: string, settings?: Record<string, unknown>) => unknown) & { close?(): Promise<void> };
type Provider = Record<
  "createCodexExec" | "createCodexAppServer",
  (options: { defaultSettings: Record<string, unknown> }) => Provide
> & { listModels(options: Record<string, unknown>): Promise<{ models: { id: string }[] }> };

const load = async <T>(...path: string[]): Promise<T> => (await import(publishedFile(...path))) as T;

function answer(request: CapturedRequest): Piece {
  // The provider marks who speaks.
  const said = (request.texts("user").at(-1) ?? "").replace("User: ", "");
  if (said === "use the tool" && request.outputs().length === 0) return model.exec("echo from the tool");
  if (said === "an object") return model.says('{"name":"Ada","age":36}');
  return model.says(`You said ${said}.`, { deltas: 4 });
}

async function place() {
  const server = await model.plays(answer);
  const ws = await workspace();
  const { env } = await prepareLaunch({ ws, server, config: 'sandbox_mode = "danger-full-access"\n' });
  const settings = { codexPath: binaryPath(), cwd: ws.path, env };
  const close = async () => {
    await server.close();
    await ws[Symbol.asyncDispose]();
  };
  return { server, settings, [Symbol.asyncDispose]: close };
}

const exec = { approvalMode: "never", sandboxMode: "danger-full-access" };

describe.skipIf(!clientsInstalled)("ai-sdk-provider-codex-cli", () => {
  test.each([
    ["createCodexExec", exec],
    ["createCodexAppServer", {}],
  ] as const)("%s: text, a stream with a tool, an object", async (create, more) => {
    const ai = await load<Ai>("ai", "dist", "index.js");
    const provider = await load<Provider>("ai-sdk-provider-codex-cli", "dist", "index.js");
    const { z } = await load<{ z: Record<string, (shape?: unknown) => unknown> }>("zod", "index.js");
    await using at = await place();
    const codex = provider[create]({ defaultSettings: { ...at.settings, ...more } });
    const plain = await ai.generateText({ model: codex("gpt-5.5"), prompt: "hi" });
    expect([plain.text, plain.finishReason, plain.usage["totalTokens"]]).toEqual(["You said hi.", "stop", 120]);

    const stream = ai.streamText({ model: codex("gpt-5.5"), prompt: "use the tool" });
    const parts = await Array.fromAsync(stream.fullStream, ({ type, toolName }) => [type, toolName].join(" ").trim());
    expect(await stream.text).toBe("You said use the tool.");
    expect(parts).toEqual(expect.arrayContaining(["tool-call exec", "tool-result exec", "text-delta", "finish"]));

    const schema = z["object"]?.({ name: z["string"]?.(), age: z["number"]?.() });
    const made = await ai.generateObject({ model: codex("gpt-5.5"), prompt: "an object", schema });
    expect(made.object).toEqual({ name: "Ada", age: 36 });
    expect(at.server.requests.at(-1)?.body["text"]).toMatchObject({ format: { type: "json_schema" } });
    await codex.close?.();
  });

  test("over the app server: a thread that goes on, a turn that is aborted, the models", async () => {
    const ai = await load<Ai>("ai", "dist", "index.js");
    const provider = await load<Provider>("ai-sdk-provider-codex-cli", "dist", "index.js");
    await using at = await place();
    const codex = provider.createCodexAppServer({ defaultSettings: at.settings });
    const thread = codex("gpt-5.5", { threadMode: "persistent" });
    await ai.generateText({ model: thread, prompt: "one" });
    await ai.generateText({ model: thread, prompt: "two" });
    expect(at.server.requests.at(-1)?.inputKinds().slice(-3)).toEqual(["user", "assistant", "user"]);

    const abort = new AbortController();
    const parts: string[] = [];
    const stream = ai.streamText({ model: codex("gpt-5.5"), prompt: "hi", abortSignal: abort.signal });
    for await (const { type } of stream.fullStream) {
      parts.push(type);
      if (type === "text-delta") abort.abort();
    }
    expect(parts.at(-1)).toBe("abort");
    await codex.close?.();

    const { models } = await provider.listModels(at.settings);
    expect(models.map(({ id }) => id)).toContain("gpt-5.5");
  });
});
