import { removeFile } from "@codex/platform/remove-file";
import { pathKind, readText } from "@codex/platform/read-file";
import { makePrivateFolder, writeAtomic } from "@codex/platform/write-atomic";
import { join } from "node:path";

/**
 * Where it stands under which circumstances bubblewrap was seen to work. All that a wrong memory can do is that bubblewrap is
 * started where it does not work: then it runs nothing, `Confined.begun` says so, and the next look is a real one.
 */
export type RouteMemory = {
  knows(circumstances: string): boolean;
  keep(circumstances: string): void;
  forget(): void;
};

/** In a file under the Codex home, if that is there. Where it cannot be written, nothing is remembered. */
export function rememberRoute(codexHome: string): RouteMemory {
  const folder = join(codexHome, "tmp");
  const file = join(folder, "sandbox-route");
  return {
    knows(circumstances) {
      const text = readText(file);
      return text.ok && text.value === circumstances;
    },
    keep(circumstances) {
      if (pathKind(codexHome) === "directory" && makePrivateFolder(folder).ok) writeAtomic(file, circumstances);
    },
    forget: () => removeFile(file),
  };
}
