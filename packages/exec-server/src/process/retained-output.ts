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
  const kept: OutputChunk[] = [];
  let size = 0;
  return {
    add(chunk) {
      kept.push(chunk);
      size += chunk.bytes.byteLength;
      let over = 0;
      while (size > most && over < kept.length - 1) size -= kept[over++]?.bytes.byteLength ?? 0;
      kept.splice(0, over);
    },
    after(seq, maxBytes) {
      const chunks: OutputChunk[] = [];
      let taken = 0;
      for (const chunk of kept) {
        if (chunk.seq <= seq) continue;
        if (chunks.length > 0 && taken + chunk.bytes.byteLength > maxBytes) return { chunks, complete: false };
        chunks.push(chunk);
        taken += chunk.bytes.byteLength;
        if (taken >= maxBytes) return { chunks, complete: chunk === kept.at(-1) };
      }
      return { chunks, complete: true };
    },
  };
}
