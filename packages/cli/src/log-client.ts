import type { ProtocolClient } from "@codex/app-server/client";

/** Tells the log what the face asks for, how long the answer took, and which file a session is kept in. */
export const logClient = (client: ProtocolClient, debug: (message: string) => void): ProtocolClient => ({
  ...client,
  request: async (method, params) => {
    const began = performance.now();
    const answer = await client.request(method, params);
    const took = `${Math.round(performance.now() - began)} ms`;
    debug(answer.ok ? `${method}: answered in ${took}` : `${method}: refused (${answer.error.code}) in ${took}`);
    const file = answer.ok ? sessionFile(answer.value) : undefined;
    if (file !== undefined) debug(`session file: ${file}`);
    return answer;
  },
});

/** Only an opened thread has `thread.path`; an ephemeral one has null there. */
function sessionFile(answer: unknown): string | undefined {
  const thread = answer && typeof answer === "object" && "thread" in answer ? answer.thread : undefined;
  const path = thread && typeof thread === "object" && "path" in thread ? thread.path : undefined;
  return typeof path === "string" ? path : undefined;
}
