import { decodeBase64 } from "@codex/app-server/decode-base64";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { OptionalNull, Uint16, Uint64, Words } from "@codex/protocol/schema";
import { Type as T } from "@sinclair/typebox";
import { defineMethod } from "../method.ts";

const inOrder = { type: "process", role: "inOrder" } as const;
/** Not after writes: one to a process that does not read is answered only when it has read, or ended. */
const afterStart = { type: "process", role: "afterStart" } as const;

/** What a process has written and how it stands; `waitMs` waits for news. */
export const processRead = defineMethod(
  "exec",
  T.Object({
    processId: T.String(),
    afterSeq: OptionalNull(Uint64),
    maxBytes: OptionalNull(Uint64),
    waitMs: OptionalNull(Uint64),
  }),
  afterStart,
  async ({ processId, afterSeq, maxBytes, waitMs }, { client }) => {
    const process = client.session?.processes.get(processId);
    if (!process) return err(fail("refusedParams", `unknown process id ${processId}`));
    const most = maxBytes ?? Number.POSITIVE_INFINITY;
    const read = await process.read(afterSeq ?? 0, most, waitMs ?? 0, client.gone);
    const { chunks, nextSeq, exitCode, closed, sandboxDenied } = read;
    return ok({
      chunks: chunks.map(({ seq, stream, bytes }) => ({
        seq,
        stream,
        chunk: Buffer.from(bytes).toString("base64"),
      })),
      nextSeq,
      exited: exitCode !== undefined,
      exitCode: exitCode ?? null,
      closed,
      failure: null,
      sandboxDenied,
    });
  },
);

export const processWrite = defineMethod(
  "exec",
  T.Object({
    processId: T.String(),
    chunk: T.String(),
    writeId: T.String(),
    /** Not of the original: the input ends after the chunk. */
    closeStdin: T.Optional(T.Boolean()),
  }),
  inOrder,
  async ({ processId, chunk, writeId, closeStdin }, { client }) => {
    const bytes = decodeBase64(chunk);
    if (!bytes.ok) return err(fail("invalidParams", bytes.error));
    if (writeId === "") return err(fail("invalidParams", "writeId must not be empty"));
    const process = client.session?.processes.get(processId);
    if (!process) return ok({ status: "unknownProcess" });
    const taken = await process.write(bytes.value, writeId);
    if (taken && closeStdin) process.closeInput();
    return ok({ status: taken ? "accepted" : "stdinClosed" });
  },
);

/** Ctrl-C. One that has ended or never was is fine: it does not run. */
export const processSignal = defineMethod(
  "exec",
  T.Object({ processId: T.String(), signal: Words(["interrupt"]) }),
  afterStart,
  async ({ processId }, { client }) => {
    client.session?.processes.get(processId)?.interrupt();
    return ok({});
  },
);

/** Ends a process with all that it started. */
export const processTerminate = defineMethod(
  "exec",
  T.Object({ processId: T.String() }),
  afterStart,
  async ({ processId }, { client }) => {
    const process = client.session?.processes.get(processId);
    const running = process !== undefined && !process.exited;
    if (running) void process.end();
    return ok({ running });
  },
);

/** Gives a process's terminal another size, in characters. */
export const processResize = defineMethod(
  "exec",
  T.Object({ processId: T.String(), size: T.Object({ rows: Uint16, cols: Uint16 }) }),
  afterStart,
  async ({ processId, size }, { client }) => {
    if (size.rows === 0 || size.cols === 0) {
      return err(fail("invalidParams", "process size rows and cols must be greater than 0"));
    }
    const process = client.session?.processes.get(processId);
    if (!process) return err(fail("refusedParams", `unknown process id ${processId}`));
    return process.resize(size) ? ok({}) : err(fail("noTerminal"));
  },
);
