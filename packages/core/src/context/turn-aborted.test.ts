import { expect, test } from "bun:test";
import { countingStamp } from "./testing.ts";
import { turnAborted } from "./turn-aborted.ts";

test("is a user message in its own tag", () => {
  const item = turnAborted(countingStamp());
  expect(item.role).toBe("user");
  expect(item.content).toEqual([
    { type: "input_text", text: expect.stringMatching(/^<turn_aborted>\n[^<]+\n<\/turn_aborted>$/) },
  ]);
  expect(item.internal_chat_message_metadata_passthrough?.content_item_kinds).toEqual(["generic.turn_aborted"]);
});
