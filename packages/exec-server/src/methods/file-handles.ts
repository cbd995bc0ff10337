import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { decodeBase64 } from "@codex/app-server/decode-base64";
import { OptionalNull, Uint64, Words } from "@codex/protocol/schema";
import { Type as T } from "@sinclair/typebox";
import type { Client } from "../client.ts";
import { pathOf } from "../file-uri.ts";
import { workerFor } from "../files/worker-for.ts";
import type { FileWorker } from "../files/file-request.ts";
import { defineMethod } from "../method.ts";
import { SandboxContext } from "../sandbox/read-context.ts";

const writes = { type: "files", access: "write" } as const;

/** Bytes of one block. Source: the original. */
const largestBlock = 1024 * 1024;

/** Files that one client may hold open; each costs a descriptor, and a process where it is in a sandbox. */
const mostOpen = 256;

/** Opens a file to read or, with `mode` "replace", to write it block by block. */
export const open = defineMethod(
  "filesystem",
  T.Object({
    handleId: T.String(),
    path: T.String(),
    mode: OptionalNull(Words(["read", "replace"])),
    sandbox: OptionalNull(SandboxContext),
  }),
  writes,
  async ({ handleId, path: uri, mode, sandbox }, { client }) => {
    const path = pathOf(uri);
    if (!path.ok) return path;
    const { handles } = client;
    if (handles.has(handleId)) return err(fail("refusedParams", `file handle \`${handleId}\` already exists`));
    if (handles.size >= mostOpen) {
      return err(fail("refusedParams", `${mostOpen} files are open already; close one with fs/close`));
    }
    const worker = await workerFor(client, sandbox);
    if (!worker.ok) return worker;
    const opened = await worker.value.work({ do: "open", path: path.value, mode: mode ?? "read" });
    if (!opened.ok || client.gone.aborted) {
      void worker.value.close();
      return opened;
    }
    handles.set(handleId, worker.value);
    return ok({ handleId });
  },
);

export const readBlock = defineMethod(
  "filesystem",
  T.Object({ handleId: T.String(), offset: Uint64, len: Uint64 }),
  { type: "files", access: "read" },
  async ({ handleId, offset, len }, { client }) => {
    if (!isBlock(len)) return err(wrongLength("read"));
    const worker = find(client, handleId);
    return worker.ok ? worker.value.work({ do: "readBlock", offset, length: len }) : worker;
  },
);

export const writeBlock = defineMethod(
  "filesystem",
  T.Object({ handleId: T.String(), offset: Uint64, chunk: T.String() }),
  writes,
  async ({ handleId, offset, chunk }, { client }) => {
    const bytes = decodeBase64(chunk);
    if (!bytes.ok) return err(fail("invalidParams", bytes.error));
    if (!isBlock(bytes.value.byteLength)) return err(wrongLength("write"));
    const worker = find(client, handleId);
    return worker.ok ? worker.value.work({ do: "writeBlock", offset, chunk }) : worker;
  },
);

/** One that is not open is fine: it is closed. */
export const close = defineMethod(
  "filesystem",
  T.Object({ handleId: T.String() }),
  writes,
  async ({ handleId }, { client }) => {
    const worker = client.handles.get(handleId);
    client.handles.delete(handleId);
    await worker?.close();
    return ok({});
  },
);

const isBlock = (length: number): boolean => length > 0 && length <= largestBlock;

const wrongLength = (what: "read" | "write") =>
  fail("refusedParams", `file ${what} block length must be between 1 and ${largestBlock}`);

function find({ handles }: Client, id: string): Result<FileWorker> {
  const worker = handles.get(id);
  return worker ? ok(worker) : err(fail("pathNotFound", `unknown file handle \`${id}\``));
}
