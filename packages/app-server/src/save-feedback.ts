import { currentEnvironment } from "@codex/platform/env";
import { newId } from "@codex/platform/ids";
import { osRelease } from "@codex/platform/os-release";
import { readText } from "@codex/platform/read-file";
import { makePrivateFolder, writeAtomic } from "@codex/platform/write-atomic";
import { fail, type CodexError } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { strToU8, zipSync } from "fflate";
import { basename, dirname } from "node:path";
import type { AppServer } from "./server.ts";

/**
 * Writes what a person has to say, with the session and the files they add where they let logs in, into one zip file. Nothing
 * is sent anywhere.
 */
export async function saveFeedback(
  savePath: string,
  params: Params<"feedback/upload">,
  { engine }: AppServer,
): Promise<Result<{ threadId: string }, CodexError>> {
  const threadId = params.threadId ?? `no-active-thread-${newId()}`;
  const thread = params.threadId ? await engine.readThread({ threadId: params.threadId }) : undefined;
  const { os, arch } = { os: osRelease(), arch: process.arch };
  const report = {
    classification: params.classification,
    reason: params.reason ?? null,
    tags: params.tags ?? {},
    threadId,
    version,
    system: { os, arch, terminal: currentEnvironment().TERM ?? null },
    time: new Date().toISOString(),
  };
  const rollout = thread?.ok ? thread.value.path : null;
  const attached = params.includeLogs ? [...(rollout ? [rollout] : []), ...(params.extraLogFiles ?? [])] : [];
  const files: Record<string, Uint8Array> = { "report.json": strToU8(`${JSON.stringify(report, undefined, 2)}\n`) };
  for (const [index, file] of attached.entries()) {
    const text = readText(file);
    if (text.ok && text.value !== undefined) {
      files[`attachments/${String(index).padStart(4, "0")}/${basename(file)}`] = strToU8(text.value);
    }
  }
  const folder = makePrivateFolder(dirname(savePath));
  const written = folder.ok ? writeAtomic(savePath, zipSync(files)) : folder;
  return written.ok ? ok({ threadId }) : err(fail("feedbackNotSaved", savePath, written.error.reason));
}
