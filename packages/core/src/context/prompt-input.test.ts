import { expect, test } from "bun:test";
import { baseInstructions } from "./base-instructions.ts";
import { textPart } from "./context-message.ts";
import { promptInput, promptReport } from "./prompt-input.ts";
import { countingStamp, readOnlyFacts } from "./testing.ts";

test("lists context and prompt; without a prompt only the context", () => {
  const roles = (prompt: Parameters<typeof promptInput>[1]) =>
    promptInput(readOnlyFacts, prompt, countingStamp()).map((item) => item.role);
  expect(roles([textPart("user.text", "hi")])).toEqual(["developer", "user", "user"]);
  expect(roles([])).toEqual(["developer", "user"]);
});

test("the report counts what is sent, not our marks on it", () => {
  const item = {
    type: "message",
    role: "user",
    content: [],
    internal_chat_message_metadata_passthrough: { turn_id: "t" },
  } as const;
  const tool = { type: "web_search", external_web_access: true } as const;
  const report = promptReport("12345678", [{ ...item, content: [] }], [tool]);
  expect(report.tokens).toEqual({ baseInstructions: 2, input: [12], tools: { web_search: 12 }, total: 26 });
});

test("each source of base instructions replaces the next one whole", () => {
  expect(baseInstructions({ thread: "t", file: "f", config: "c" })).toBe("t");
  expect(baseInstructions({ file: "f\n", config: "c" })).toBe("f");
  expect(baseInstructions({ config: "c" })).toBe("c");
  expect(baseInstructions({})).toStartWith("You are Codex,");
});
