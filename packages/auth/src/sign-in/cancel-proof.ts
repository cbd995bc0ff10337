import { readText } from "@codex/platform/read-file";
import { removeFile } from "@codex/platform/remove-file";
import { writeAtomic } from "@codex/platform/write-atomic";
import { isObject, parseJson } from "@codex/protocol/json";
import { join } from "node:path";
import { randomText } from "./random-text.ts";

/** What lets a second sign-in of the same user end the first: a secret in a file that nobody else reads. */
export type CancelProof = {
  /** Makes the secret for a sign-in on this port. */
  make(port: number): string;
  /** The secret of the sign-in on this port; undefined where it is not ours. */
  read(port: number): string | undefined;
  /** Takes the secret back, unless another sign-in has left its own. */
  remove(secret: string): void;
};

/** In `$CODEX_HOME/login-cancel.json`. */
export function cancelProof(codexHome: string): CancelProof {
  const path = join(codexHome, "login-cancel.json");
  const stored = (): { port: unknown; proof: string } | undefined => {
    const text = readText(path);
    const value = text.ok && text.value !== undefined ? parseJson(text.value) : undefined;
    const proof = isObject(value) ? value["proof"] : undefined;
    return isObject(value) && typeof proof === "string" && /^[\w-]+$/.test(proof)
      ? { port: value["port"], proof }
      : undefined;
  };
  return {
    make: (port) => {
      const proof = randomText(32);
      writeAtomic(path, JSON.stringify({ port, proof }), 0o600, { tighten: true });
      return proof;
    },
    read: (port) => {
      const found = stored();
      return found?.port === port ? found.proof : undefined;
    },
    remove: (secret) => {
      if (stored()?.proof === secret) removeFile(path);
    },
  };
}
