import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** How the server is: its memory in bytes, and how many threads and turns it has. */
export const serverDiagnostics: Handler<"server/diagnostics"> = async (_params, { server }) =>
  ok({
    process: { id: process.pid, residentMemoryBytes: process.memoryUsage.rss(), physicalFootprintBytes: null },
    gauges: [
      { name: "app.threads.loaded", value: server.engine.loadedThreads().length },
      {
        name: "app.threads.active",
        value: server.engine
          .loadedThreads()
          .filter((thread) => thread.describe({ turns: false }).status.type === "active").length,
      },
    ],
  });
