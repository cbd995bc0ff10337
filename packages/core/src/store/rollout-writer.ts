import { endsInNewline, openAppend, type AppendFile } from "@codex/platform/append-file";
import type { Clock } from "@codex/platform/clock";
import type { ResponseItem } from "@codex/protocol/responses";
import { err, ok, type Result } from "@codex/protocol/result";
import { encode } from "./codec.ts";
import { imagesOf, imageRef } from "./image-refs.ts";
import { isLegacy, type SessionMeta } from "./rollout-line.ts";
import type { RolloutRecord } from "./rollout-record.ts";
import { fileError } from "./store-error.ts";

/** The one writer of a thread's file. */
export type RolloutWriter = {
  /**
   * The record is with the system when this returns, and outlives the process; it is not flushed to the disk itself.
   * After a failure the file is as it was before, and a later append may succeed.
   */
  append(record: RolloutRecord): Result<void>;
  /** Where the next line will stand. */
  end(): { ordinal: number; bytes: number };
  close(): void;
};

/** The file is made with the first record, so that a thread in which nothing happens leaves none. */
export function newRollout(path: string, meta: SessionMeta, clock: Pick<Clock, "now">): RolloutWriter {
  const ordinal = meta.history_base?.end_ordinal_exclusive ?? 0;
  return writer({
    meta,
    clock,
    ordinal,
    open: () => openAppend(path, "create"),
    first: { type: "sessionMeta", meta },
  });
}

/** Goes on with a file that has been read up to `ordinal`, the number of its next line. */
export function continueRollout(
  path: string,
  meta: SessionMeta,
  ordinal: number,
  clock: Pick<Clock, "now">,
): Result<RolloutWriter> {
  const healed = openHealed(path);
  if (!healed.ok) return healed;
  return ok(writer({ meta, clock, ordinal, open: () => ok(healed.value) }));
}

/**
 * A process that died while writing leaves a line without its end. We end it: what is whole of it counts, what is torn
 * becomes one damaged line, which readers pass over. The original does the same.
 */
function openHealed(path: string): Result<AppendFile> {
  const whole = endsInNewline(path);
  const opened = whole.ok ? openAppend(path, "existing") : whole;
  if (!opened.ok) return err(fileError("open", opened.error));
  const healed = whole.ok && whole.value ? ok(undefined) : opened.value.append("\n");
  return healed.ok ? ok(opened.value) : err(fileError("repair", healed.error));
}

type Target = {
  meta: SessionMeta;
  clock: Pick<Clock, "now">;
  ordinal: number;
  open(): ReturnType<typeof openAppend>;
  first?: RolloutRecord;
};

function writer({ meta, clock, ordinal, open, first }: Target): RolloutWriter {
  const images = new Map<string, string>();
  let file: AppendFile | undefined;
  let next = ordinal;
  /** What must stand in the file before anything else. */
  let due = first === undefined ? [] : [first];

  const lineOf = (record: RolloutRecord, ordinal: number): string => {
    const line = encode(record, {
      threadId: meta.id,
      sessionId: meta.session_id ?? meta.id,
      timestamp: new Date(clock.now()).toISOString(),
      refOf: (url) => images.get(url),
      ...(isLegacy(meta) ? {} : { ordinal }),
    });
    return `${JSON.stringify(line)}\n`;
  };

  return {
    append(record) {
      const opened = file === undefined ? open() : ok(file);
      if (!opened.ok) return err(fileError("create", opened.error));
      file = opened.value;
      const records = [...due, record];
      const written = file.append(records.map((each, index) => lineOf(each, next + index)).join(""));
      if (!written.ok) return err(fileError("write to", written.error));
      due = [];
      next += records.length;
      if (record.type === "responseItem" && !isLegacy(meta)) rememberImages(images, record.item, next - 1);
      return ok(undefined);
    },
    end: () => ({ ordinal: next, bytes: file?.size() ?? 0 }),
    close: () => file?.close(),
  };
}

/** Only where lines have ordinals: a legacy file holds the bytes twice, as the original would. */
function rememberImages(images: Map<string, string>, item: ResponseItem, ordinal: number): void {
  for (const [index, url] of imagesOf(item).entries()) images.set(url, imageRef(ordinal, index));
}
