import { splitLines } from "@codex/app-server/transports/split-lines";
import { stdinChunks } from "@codex/platform/stdin-chunks";
import { stdio } from "@codex/platform/stdio";
import { parseJson } from "@codex/protocol/json";
import type { FileRequest } from "./file-request.ts";
import { directWorker } from "./direct-worker.ts";

/**
 * The helper that runs inside a sandbox: a request a line on standard input, its answer a line on standard output. It was
 * started by our own service, which checks what clients say; the sandbox holds it, whatever it is asked.
 */
export async function serveFiles(): Promise<void> {
  const worker = directWorker();
  for await (const line of splitLines(stdinChunks(new AbortController().signal), Number.POSITIVE_INFINITY)) {
    const request = line.type === "text" ? parseJson(line.text) : undefined;
    if (request !== undefined) stdio.out(`${JSON.stringify(await worker.work(request as FileRequest))}\n`);
  }
  await worker.close();
}
