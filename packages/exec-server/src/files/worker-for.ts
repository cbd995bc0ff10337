import { ok, type Result } from "@codex/protocol/result";
import type { Client } from "../client.ts";
import { readContext, type SandboxContext } from "../sandbox/read-context.ts";
import { confinedWorker } from "./confined-worker.ts";
import { directWorker } from "./direct-worker.ts";
import type { FileWorker } from "./file-request.ts";

/** Whoever works where the client wants it: here, or in a sandbox. */
export async function workerFor(
  { executor }: Client,
  context: SandboxContext | null | undefined,
): Promise<Result<FileWorker>> {
  const wanted = readContext(context, undefined);
  if (!wanted.ok) return wanted;
  return wanted.value ? confinedWorker(executor, wanted.value) : ok(directWorker());
}
