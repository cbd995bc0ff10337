import type { Thread } from "./thread/thread.ts";

/** The threads that are loaded. */
export type LoadedThreads = {
  get(id: string): Thread | undefined;
  /** Closes a thread and lets go of it; false where it is not loaded. */
  unload(id: string): Promise<boolean>;
};
