import type { Result } from "@codex/protocol/result";

/** What can be done with files; the same words in this process and in the helper that works inside a sandbox. */
export type FileRequest =
  | { readonly do: "readFile"; readonly path: string }
  | { readonly do: "writeFile"; readonly path: string; readonly dataBase64: string }
  | { readonly do: "createDirectory"; readonly path: string; readonly parents: boolean }
  | { readonly do: "getMetadata"; readonly path: string }
  | { readonly do: "canonicalize"; readonly path: string }
  | { readonly do: "readDirectory"; readonly path: string }
  | {
      readonly do: "walk";
      readonly path: string;
      readonly limits: {
        readonly maxDepth: number;
        readonly maxDirectories: number;
        readonly maxEntries: number;
        readonly followDirectorySymlinks: boolean;
        readonly pruneHiddenDirectories: boolean;
      };
    }
  | { readonly do: "remove"; readonly path: string; readonly whole: boolean; readonly missingIsFine: boolean }
  | { readonly do: "copy"; readonly path: string; readonly destination: string; readonly whole: boolean }
  | { readonly do: "open"; readonly path: string; readonly mode: "read" | "replace" }
  | { readonly do: "readBlock"; readonly offset: number; readonly length: number }
  | { readonly do: "writeBlock"; readonly offset: number; readonly chunk: string };

/** Whoever carries requests out. `open` opens the one file that `readBlock` and `writeBlock` are about. */
export type FileWorker = {
  /** The value is the answer as the client gets it. */
  work(request: FileRequest): Promise<Result<unknown>>;
  close(): Promise<void>;
};
