import { expect, test } from "bun:test";
import { err, ok } from "@codex/protocol/result";
import { captureOutput } from "./capture-output.ts";

const options = { env: { WORD: "hi", PATH: process.env["PATH"] }, timeoutMs: 5_000 };

test("captureOutput collects output and exit code", async () => {
  const result = await captureOutput(["/bin/sh", "-c", "echo $WORD; echo no >&2; exit 3"], options);
  expect(result).toEqual(ok({ stdout: "hi\n", stderr: "no\n", exitCode: 3 }));
});

test("captureOutput kills what takes too long, though something keeps its output open", async () => {
  const result = await captureOutput(["/bin/sh", "-c", "sleep 20 & wait"], { ...options, timeoutMs: 50 });
  expect(result).toEqual(err("took longer than 50 ms"));
});

test("captureOutput says what could not be run", async () => {
  const result = await captureOutput(["/no/such/program"], options);
  expect(!result.ok && result.error).toContain("/no/such/program");
});
