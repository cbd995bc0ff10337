import { writeSettings, type WriteRequest, type Written } from "@codex/config/write-settings";
import { ok, type Result } from "@codex/protocol/result";
import { configNow } from "./config-now.ts";
import type { Connection } from "./connection.ts";
import type { AppServer } from "./server.ts";

/** Writes into the user's settings, and tells the writer of keys that will have no effect. */
export async function writeConfig(
  request: WriteRequest,
  { server, connection }: { server: AppServer; connection: Connection },
): Promise<Result<Omit<Written, "unknownKeys">>> {
  const written = await writeSettings(server.engine.codexHome, request, async () => {
    const loaded = await configNow(server);
    return loaded.ok ? ok(loaded.value.layers) : loaded;
  });
  if (!written.ok) return written;
  const { unknownKeys, ...told } = written.value;
  if (unknownKeys.length > 0 && !connection.optedOut.has("configWarning")) {
    const summary = `Codex knows no setting \`${unknownKeys.join("`, `")}\`: it is written and has no effect.`;
    queueMicrotask(() =>
      connection.notify({ method: "configWarning", params: { summary, details: null, path: told.filePath } }),
    );
  }
  return ok(told);
}
