import { runProxy } from "@codex/responses-api-proxy/run-proxy";
import { ownProgram } from "./own-program.ts";

/** `codex responses-api-proxy`; `words`: what follows that. */
export const proxyCommand = (words: readonly string[]): Promise<number> =>
  runProxy(words, {
    name: "codex responses-api-proxy",
    argv: [...ownProgram(), "responses-api-proxy", ...words],
  });
