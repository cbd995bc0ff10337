import { makePrivateFolder, writeAtomic } from "@codex/platform/write-atomic";
import { parseJson } from "@codex/protocol/json";
import type { Result } from "@codex/protocol/result";
import type { HeaderList, RequestHead, ResponseHead } from "./parse-head.ts";
import { redactBody, redactHeader } from "./redact.ts";

/** Writes each exchange to two files, for people who debug. */
export type Dumps = { begin(request: RequestHead): ExchangeDump };

export type ExchangeDump = {
  request(piece: Uint8Array): void;
  answer(head: ResponseHead): void;
  answerPiece(piece: Uint8Array): void;
  /** Writes what there is; nothing of an answer that has not begun. */
  end(): void;
};

/** More of a body than this is not kept. */
const bodyLimit = 16 * 1024 * 1024;

type DumpOptions = {
  readonly folder: string;
  /** Unix milliseconds. */
  now(): number;
  /** Overwrites the key wherever it stands in the bytes. */
  hideKey(bytes: Uint8Array): void;
  report(message: string): void;
};

/** Files `NNNNNN-<ms>-request.json` and `…-response.json`, for their owner alone, without credentials. */
export function createDumps(options: DumpOptions): Result<Dumps, { reason: string }> {
  const folder = makePrivateFolder(options.folder);
  if (!folder.ok) return folder;
  let number = 0;
  return {
    ok: true,
    value: {
      begin(request) {
        number += 1;
        return dumpOf(request, `${String(number).padStart(6, "0")}-${options.now()}`, options);
      },
    },
  };
}

function dumpOf(request: RequestHead, name: string, options: DumpOptions): ExchangeDump {
  const asked = collect();
  const answered = collect();
  let response: ResponseHead | undefined;
  const write = (kind: string, content: object): void => {
    const text = `${JSON.stringify(content, null, 2)}\n`;
    const written = writeAtomic(`${options.folder}/${name}-${kind}.json`, text, 0o600, { tighten: true });
    if (!written.ok) options.report(`The dump ${name}-${kind}.json cannot be written: ${written.error.reason}.`);
  };
  const bodyOf = (bytes: Buffer): unknown => {
    options.hideKey(bytes);
    const text = bytes.toString();
    const json = parseJson(text);
    return redactBody(json === undefined ? text : json);
  };
  return {
    request: asked.add,
    answerPiece: answered.add,
    answer(head) {
      response = head;
    },
    end() {
      const { method, target: url, headers } = request;
      write("request", { method, url, headers: shown(headers), body: bodyOf(asked.all()) });
      if (response === undefined) return;
      write("response", { status: response.status, headers: shown(response.headers), body: bodyOf(answered.all()) });
    },
  };
}

const shown = (headers: HeaderList): object[] =>
  headers.map(([name, value]) => ({ name, value: redactHeader(name, value) }));

function collect(): { add(piece: Uint8Array): void; all(): Buffer } {
  const pieces: Uint8Array[] = [];
  let size = 0;
  return {
    add(piece) {
      if (size < bodyLimit) pieces.push(new Uint8Array(piece.subarray(0, bodyLimit - size)));
      size += piece.length;
    },
    all: () => Buffer.concat(pieces),
  };
}
