import { fail } from "@codex/protocol/errors";
import type { MethodResult } from "@codex/protocol/methods";
import { err, ok } from "@codex/protocol/result";
import { basename, resolve } from "node:path";
import { pathKind } from "@codex/platform/read-file";
import type { Handler } from "../handler.ts";

/** What older clients ask about a stored session, by its id or its file. */
export const getConversationSummary: Handler<"getConversationSummary"> = async (params, { server }) => {
  const { engine } = server;
  const byId = "conversationId" in params;
  if (!byId && pathKind(resolve(engine.codexHome, params.rolloutPath)) === "absent") {
    return err(fail("rolloutPathMissing", params.rolloutPath));
  }
  const threadId = byId
    ? params.conversationId
    : (/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(basename(params.rolloutPath))?.[0] ?? "");
  const found = await engine.readThread({ threadId });
  if (!found.ok || found.value.path === null) {
    const unknown = found.ok || found.error.code === "threadNotFound" || found.error.code === "threadUnknown";
    return err(unknown ? fail("conversationNotFound", threadId) : found.error);
  }
  const { id, path, preview, createdAt, updatedAt, modelProvider, cwd, cliVersion, source, gitInfo } = found.value;
  const time = (seconds: number) => new Date(seconds * 1000).toISOString();
  return ok({
    summary: {
      conversationId: id,
      path,
      preview,
      timestamp: time(createdAt),
      updatedAt: time(updatedAt),
      modelProvider,
      cwd,
      cliVersion,
      source: coreSource(source),
      gitInfo: gitInfo && { sha: gitInfo.sha, branch: gitInfo.branch, origin_url: gitInfo.originUrl },
    },
  });
};

type Summary = MethodResult<"getConversationSummary">["summary"];

const coreSource = (source: unknown): Summary["source"] =>
  source === "cli" || source === "exec" || source === "vscode" ? source : "unknown";
