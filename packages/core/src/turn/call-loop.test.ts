import { expect, test } from "bun:test";
import type { ResponseItem, ToolCallItem } from "@codex/protocol/responses";
import { CallLoop } from "./call-loop.ts";

const call = (name: string, args = "{}"): ToolCallItem => ({
  type: "function_call",
  call_id: crypto.randomUUID(),
  name,
  arguments: args,
});
const answer = (output: string): ResponseItem => ({ type: "function_call_output", call_id: "c", output });

/** How many times the same may be seen before it is a loop; 0 where it never is one. */
function times(make: (index: number) => { call: ToolCallItem; output: ResponseItem }[], most = 450): number {
  const loop = new CallLoop();
  for (let index = 1; index <= most; index++) if (loop.see(make(index))) return index;
  return 0;
}

test("two hundred same calls with the same answers are a loop, whatever their ids and times", () => {
  const same = (index: number) => [
    { call: call("look"), output: answer(`Chunk ID: ${index}\nWall time: ${index}.0 seconds\nnothing`) },
  ];
  expect(times(same)).toBe(200);
});

test("another argument, another answer, or an answer in between is none", () => {
  expect(times((index) => [{ call: call("look", `{"n":${index}}`), output: answer("x") }])).toBe(0);
  expect(times((index) => [{ call: call("look"), output: answer(String(index)) }])).toBe(0);
  expect(times((index) => (index % 100 === 0 ? [] : [{ call: call("look"), output: answer("x") }]))).toBe(0);
});

test("waiting for a command that runs is no loop", () => {
  const waits = () => [{ call: call("write_stdin"), output: answer("Process running with session ID 7\n") }];
  expect(times(waits)).toBe(0);
});

test("tells which call it was", () => {
  const loop = new CallLoop();
  let error;
  while (!error) error = loop.see([{ call: call("look"), output: answer("x") }]);
  expect(error.message).toBe(
    "The model made the same call (look) 200 times in a row with the same result, so the turn was stopped.",
  );
});
