import { ok } from "@codex/protocol/result";
import { Uint64 } from "@codex/protocol/schema";
import { Type as T } from "@sinclair/typebox";
import { pathOf } from "../file-uri.ts";
import { defineMethod } from "../method.ts";

/** Tells once when one of some missing paths appears (`fs/missingChanged`). `watching` is false where one is there already. */
export const watchMissing = defineMethod(
  "filesystem",
  T.Object({ watchId: Uint64, missing: T.Array(T.String()) }),
  { type: "files", access: "read" },
  async ({ watchId, missing }, { client, answered }) => {
    const paths: string[] = [];
    for (const uri of missing) {
      const path = pathOf(uri);
      if (!path.ok) return path;
      paths.push(path.value);
    }
    const tell = (): void =>
      void answered.then(() => client.notify({ method: "fs/missingChanged", params: { watchId } }));
    return ok({ watching: client.missing.wait(paths, tell) });
  },
);
