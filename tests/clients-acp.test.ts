// `codex-acp`, unchanged, between an editor that speaks the Agent Client Protocol and `codex app-server` of the built program.
import type { JsonObject } from "@codex/protocol/json";
import { expect, test } from "bun:test";
import type { CapturedRequest } from "../packages/scripted-model/src/captured-request.ts";
import { binaryPath, prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import type { Piece } from "../packages/scripted-model/src/piece.ts";
import { model, workspace } from "../packages/scripted-model/src/testing.ts";
import { acpClient, type AcpClient } from "./support/acp-client.ts";
import { clientsInstalled, publishedFile } from "./support/published-clients.ts";

const agent = publishedFile("@agentclientprotocol", "codex-acp", "dist", "index.js");
const never = model.gate();

/** By what was said last: the agent asks for titles as well, in threads of their own and at times of its own. */
function answer(request: CapturedRequest): Piece[] {
  const said = request.texts("user").findLast((text) => known.has(text)) ?? "";
  const [first, then] = known.get(said) ?? [];
  const began = request.input().findLastIndex((item) => JSON.stringify(item).includes(`"${said}"`));
  const called = request
    .inputKinds()
    .slice(began)
    .some((kind) => kind.endsWith("_call_output"));
  return (called ? then : first) ?? [model.says('{"title":"A title"}')];
}

const known = new Map<string, [Piece[], Piece[]?]>([
  ["hi", [[model.thinks("Thinking."), model.says("Hello there.", { deltas: 3 })]]],
  [
    "make",
    [
      [model.exec("touch made", { sandbox_permissions: "require_escalated", justification: "May I?" })],
      [model.says("Made.")],
    ],
  ],
  ["patch", [[model.patch("*** Begin Patch\n*** Add File: new.txt\n+one\n*** End Patch\n")], [model.says("Patched.")]]],
  ["long", [[model.says("Half", { unfinished: true }), model.waits(never)]]],
  ["again", [[model.says("After the end.")]]],
  ["other", [[model.says("Another model.")]]],
  ["resumed", [[model.says("Back again.")]]],
]);

test.skipIf(!clientsInstalled)(
  "codex-acp: prompts, approvals, cancel, another model, and the session loaded again",
  async () => {
    await using server = await model.plays(answer);
    await using ws = await workspace();
    const launch = await prepareLaunch({ ws, server });
    const place = { cwd: ws.path, env: { ...launch.env, CODEX_PATH: binaryPath() } };
    const newSession = { cwd: ws.path, mcpServers: [] };

    await using editor = acpClient(["node", agent], place);
    await greet(editor);
    const { sessionId, configOptions } = (await editor.request("session/new", newSession)) as {
      sessionId: string;
      configOptions: { id: string; options: { value: string }[] }[];
    };
    const say = (client: AcpClient, text: string) =>
      client.request("session/prompt", { sessionId, prompt: [{ type: "text", text }] });
    await editor.request("session/set_mode", { sessionId, modeId: "read-only" });

    expect(await say(editor, "hi")).toMatchObject({ stopReason: "end_turn", usage: { totalTokens: 120 } });
    expect(textOf(editor, "agent_thought_chunk").trim()).toBe("Thinking.");
    expect(textOf(editor, "agent_message_chunk")).toBe("Hello there.");

    await say(editor, "make");
    await say(editor, "patch");
    expect(editor.asked.map(({ params }) => (params["toolCall"] as JsonObject)["kind"])).toEqual(["execute", "edit"]);
    expect([await ws.exists("made"), await ws.read("new.txt")]).toEqual([true, "one\n"]);

    const long = say(editor, "long");
    await editor.until(({ content }) => (content as JsonObject | undefined)?.["text"] === "Half");
    editor.notify("session/cancel", { sessionId });
    expect(await long).toMatchObject({ stopReason: "cancelled" });
    expect(await say(editor, "again")).toMatchObject({ stopReason: "end_turn" });

    const models = configOptions.find(({ id }) => id === "model")?.options.map(({ value }) => value) ?? [];
    const chosen = models.find((slug) => slug !== "gpt-5.5") ?? "";
    await editor.request("session/set_config_option", { sessionId, configId: "model", value: chosen });
    await say(editor, "other");
    expect(requestOf(server.requests, "other")?.body["model"]).toBe(chosen);
    const { sessions } = await editor.request("session/list", { cwd: ws.path });
    expect(sessions).toMatchObject([{ sessionId }]);
    expect(await editor.end()).toBe(0);

    await using later = acpClient(["node", agent], place);
    await greet(later);
    await later.request("session/load", { ...newSession, sessionId });
    expect(textOf(later, "user_message_chunk")).toBe("himakepatchlongagainother");
    expect(textOf(later, "agent_message_chunk")).toBe("Hello there.Made.Patched.HalfAfter the end.Another model.");
    expect(await say(later, "resumed")).toMatchObject({ stopReason: "end_turn" });
    expect(requestOf(server.requests, "resumed")?.texts("assistant")).toContain("Another model.");
  },
  30_000,
);

const greet = (client: AcpClient): Promise<JsonObject> =>
  client.request("initialize", {
    protocolVersion: 1,
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    clientInfo: { name: "editor", version: "1" },
  });

/** The text of all chunks of a kind so far, joined. */
const textOf = ({ updates }: AcpClient, kind: string): string =>
  updates
    .filter((update) => update["sessionUpdate"] === kind)
    .map(({ content }) => String((content as JsonObject)["text"]))
    .join("");

const requestOf = (requests: readonly CapturedRequest[], said: string): CapturedRequest | undefined =>
  requests.find((request) => request.texts("user").at(-1) === said);
