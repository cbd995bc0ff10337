import type { FileWorker } from "./file-request.ts";

/** The files that a client holds open, by the ids that it gave them; they are closed when it leaves. */
export type FileHandles = Map<string, FileWorker>;

export async function closeHandles(handles: FileHandles): Promise<void> {
  const all = [...handles.values()];
  handles.clear();
  await Promise.all(all.map((worker) => worker.close()));
}
