import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { filePath } from "../files/file-path.ts";
import { watchesOf } from "../files/watches.ts";
import type { Handler } from "../handler.ts";

/** Tells the client of changes at a path, which need not be there yet. */
export const fsWatch: Handler<"fs/watch"> = async ({ watchId, path }, { server, connection }) => {
  const watches = watchesOf(connection);
  if (watches.has(watchId)) return err(fail("duplicateWatch", watchId));
  const place = filePath(path);
  if (!place.ok) return place;
  watches.open(watchId, place.value, (changedPaths) =>
    server.subscriptions.tell(connection, { method: "fs/changed", params: { watchId, changedPaths } }),
  );
  return ok({ path: place.value });
};
