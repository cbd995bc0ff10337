import { err, ok, type Result } from "@codex/protocol/result";
import { fail } from "@codex/protocol/errors";
import { OptionalNull, Uint64 } from "@codex/protocol/schema";
import { Type as T, type TProperties } from "@sinclair/typebox";
import type { Client } from "../client.ts";
import { pathOf } from "../file-uri.ts";
import type { FileRequest } from "../files/file-request.ts";
import { workerFor } from "../files/worker-for.ts";
import { defineMethod } from "../method.ts";
import { SandboxContext } from "../sandbox/read-context.ts";

const withSandbox = <P extends TProperties>(properties: P) =>
  T.Object({ ...properties, sandbox: OptionalNull(SandboxContext) });
const reads = { type: "files", access: "read" } as const;
const writes = { type: "files", access: "write" } as const;

async function once(
  client: Client,
  { path: uri, sandbox }: { readonly path: string; readonly sandbox?: SandboxContext | null | undefined },
  request: (path: string) => FileRequest | Result<FileRequest>,
): Promise<Result<unknown>> {
  const path = pathOf(uri);
  if (!path.ok) return path;
  const made = request(path.value);
  const asked = "do" in made ? ok(made) : made;
  if (!asked.ok) return asked;
  const worker = await workerFor(client, sandbox);
  if (!worker.ok) return worker;
  const answer = await worker.value.work(asked.value);
  void worker.value.close();
  return answer;
}

export const readFile = defineMethod("filesystem", withSandbox({ path: T.String() }), reads, (params, { client }) =>
  once(client, params, (path) => ({ do: "readFile", path })),
);

export const writeFile = defineMethod(
  "filesystem",
  withSandbox({ path: T.String(), dataBase64: T.String() }),
  writes,
  (params, { client }) => once(client, params, (path) => ({ do: "writeFile", path, dataBase64: params.dataBase64 })),
);

/** With all folders above it, unless `recursive` is false. */
export const createDirectory = defineMethod(
  "filesystem",
  withSandbox({ path: T.String(), recursive: OptionalNull(T.Boolean()) }),
  writes,
  (params, { client }) =>
    once(client, params, (path) => ({ do: "createDirectory", path, parents: params.recursive ?? true })),
);

export const getMetadata = defineMethod("filesystem", withSandbox({ path: T.String() }), reads, (params, { client }) =>
  once(client, params, (path) => ({ do: "getMetadata", path })),
);

export const canonicalize = defineMethod("filesystem", withSandbox({ path: T.String() }), reads, (params, { client }) =>
  once(client, params, (path) => ({ do: "canonicalize", path })),
);

export const readDirectory = defineMethod(
  "filesystem",
  withSandbox({ path: T.String() }),
  reads,
  (params, { client }) => once(client, params, (path) => ({ do: "readDirectory", path })),
);

const WalkOptions = T.Object({
  maxDepth: Uint64,
  maxDirectories: Uint64,
  maxEntries: Uint64,
  followDirectorySymlinks: T.Boolean(),
  pruneHiddenDirectories: T.Optional(T.Boolean()),
});

export const walk = defineMethod(
  "filesystem",
  withSandbox({ path: T.String(), options: WalkOptions }),
  reads,
  (params, { client }) =>
    once(client, params, (path) => {
      const { options } = params;
      if (options.maxDirectories === 0 || options.maxEntries === 0) {
        return err(fail("refusedParams", "filesystem walk limits must be greater than zero"));
      }
      const limits = { ...options, pruneHiddenDirectories: options.pruneHiddenDirectories ?? false };
      return { do: "walk", path, limits };
    }),
);

/** A folder goes with all that is in it unless `recursive` is false; what is not there is an error unless `force` is set. */
export const remove = defineMethod(
  "filesystem",
  withSandbox({ path: T.String(), recursive: OptionalNull(T.Boolean()), force: OptionalNull(T.Boolean()) }),
  writes,
  (params, { client }) =>
    once(client, params, (path) => ({
      do: "remove",
      path,
      whole: params.recursive ?? true,
      missingIsFine: params.force ?? false,
    })),
);

export const copy = defineMethod(
  "filesystem",
  withSandbox({ sourcePath: T.String(), destinationPath: T.String(), recursive: T.Boolean() }),
  writes,
  ({ sourcePath, destinationPath, recursive, sandbox }, { client }) =>
    once(client, { path: sourcePath, sandbox }, (path) => {
      const destination = pathOf(destinationPath);
      return destination.ok ? { do: "copy", path, destination: destination.value, whole: recursive } : destination;
    }),
);
