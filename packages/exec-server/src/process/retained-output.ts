export type ProcessStream = "stdout" | "stderr" | "pty";

export type OutputChunk = { readonly seq: number; readonly stream: ProcessStream; readonly bytes: Uint8Array };

/** The latest output of a process, for a client that reads it again or comes back. */
export type RetainedOutput = {
  add(chunk: OutputChunk): void;
  /** Chunks after `seq`: as many as `maxBytes` hold, and at least one, where there is one. */
  after(seq: number, maxBytes: number): { readonly chunks: readonly OutputChunk[]; readonly complete: boolean };
};

/** Bytes kept; source: the original. */
const mostKept = 1024 * 1024;

export function retainOutput(most = mostKept): RetainedOutput {
  let kept: OutputChunk[] = [];
  /** Where what is kept begins: what is before it is dropped now and then, as to drop each by itself would move all the rest. */
  let first = 0;
  let size = 0;
  return {
    add(chunk) {
      kept.push(chunk);
      size += chunk.bytes.byteLength;
      while (size > most && first < kept.length - 1) size -= kept[first++]?.bytes.byteLength ?? 0;
      if (first * 2 < kept.length) return;
      kept = kept.slice(first);
      first = 0;
    },
    after(seq, maxBytes) {
      const chunks: OutputChunk[] = [];
      let taken = 0;
      for (let at = first; at < kept.length; at++) {
        const chunk = kept[at];
        if (chunk === undefined || chunk.seq <= seq) continue;
        if (chunks.length > 0 && taken + chunk.bytes.byteLength > maxBytes) return { chunks, complete: false };
        chunks.push(chunk);
        taken += chunk.bytes.byteLength;
        if (taken >= maxBytes) return { chunks, complete: at === kept.length - 1 };
      }
      return { chunks, complete: true };
    },
  };
}
