import { expect, test } from "bun:test";
import { createMask, maskValue } from "./mask.ts";

const first = "01a1fc2c-3b27-7d60-b558-5fba315af319";
const second = "01a1fc2c-3b27-7d60-b558-5fba315af320";

test("ids keep their identity, each kind numbered on its own", () => {
  const mask = createMask([]);
  expect([first, `msg_${first}`, second, `${first}:0`, `msg_${second}`].map(mask)).toEqual([
    "<uuid 1>",
    "<msg 1>",
    "<uuid 2>",
    "<uuid 1>:0",
    "<msg 2>",
  ]);
});

test("a session's number is masked from where it is announced on, as a word and not within others", () => {
  const mask = createMask([]);
  expect(mask("Process running with session ID 4711")).toBe("Process running with session ID <session 1>");
  expect(mask('{"session_id":4711,"yield_time_ms":47110}')).toBe('{"session_id":<session 1>,"yield_time_ms":47110}');
});

test("places, times and versions, in keys as well", () => {
  const mask = createMask([["/var/tmp/x", "<root>"]]);
  const value = { "/var/tmp/x/a": ["at 2026-11-21T03:35:19.662Z on 2026-11-21", 7, null, "codex 0.169.0"] };
  expect(maskValue(value, mask)).toEqual({ "<root>/a": ["at <time> on <date>", 7, null, "codex <version>"] });
});

test("the head of a command's output", () => {
  expect(createMask([])("Chunk ID: af7f44\nWall time: 1.9886 seconds\nProcess exited with code 3")).toBe(
    "Chunk ID: <chunk>\nWall time: <s>\nProcess exited with code 3",
  );
});
