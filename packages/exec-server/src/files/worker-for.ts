import { ok, type Result } from "@codex/protocol/result";
import type { Client } from "../client.ts";
import { readContext } from "../sandbox/read-context.ts";
import { confinedWorker } from "./confined-worker.ts";
import { directWorker } from "./direct-worker.ts";
import type { FileWorker } from "./file-request.ts";

export type WantedContext = Parameters<typeof readContext>[0];

/** Whoever works where the client wants it: here, or in a sandbox. */
export async function workerFor({ executor }: Client, context: WantedContext): Promise<Result<FileWorker>> {
  const wanted = readContext(context, undefined);
  if (!wanted.ok) return wanted;
  return wanted.value ? confinedWorker(executor, wanted.value) : ok(directWorker());
}
