import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "@codex/platform/ids";
import type { ResponseItem } from "@codex/protocol/responses";
import type { Result } from "@codex/protocol/result";
import type { NewThread } from "./new-thread.ts";

/** A Codex home for one test. */
export function temporaryHome(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "codex-store-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export const newThread = (over: Partial<NewThread> = {}): NewThread => ({
  id: newId(),
  cwd: "/work/project",
  workspaceRoots: ["/work/project"],
  originator: "codex_exec",
  cliVersion: "0.169.0",
  source: "exec",
  threadSource: "user",
  modelProvider: "mock",
  baseInstructions: { text: "Be brief.", model: "gpt-5.5" },
  contextWindowId: "01990000-0000-7000-8000-0000000000cc",
  gitInfo: { sha: "0f", branch: "main", originUrl: null },
  ...over,
});

export const said = (text: string): ResponseItem => ({
  type: "message",
  role: "user",
  content: [{ type: "input_text", text }],
});

export const answered = (text: string): ResponseItem => ({
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text }],
});

/** The value of a result that must be one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
