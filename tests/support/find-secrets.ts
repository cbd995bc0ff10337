import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { unzipSync } from "fflate";

/** Secrets by what they are. */
export type Secrets = Readonly<Record<string, string>>;

/** A recognisable secret that nothing else contains. `kind` is how secrets of its sort begin. */
export const secretOf = (kind: string): string =>
  `${kind}${Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("hex")}`;

/** Where each secret stands that ought to stand nowhere: as it is, in hexadecimal or in base64. */
export function findSecrets(secrets: Secrets, places: Readonly<Record<string, string>>): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets).flatMap(([name, secret]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [`${name} in ${place}`] : [],
    ),
  );
}

/** Base64 depends on where in its text a secret begins; the middle of three shifts is enough to see it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [secret, bytes.toString("hex"), ...shifted];
}

/** Every file below a folder by its path, archives unpacked; without those that `isInput` names. */
export function filesBelow(folder: string, isInput: (path: string) => boolean): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.flatMap((entry): [string, string][] => {
      if (!entry.isFile()) return [];
      const path = relative(folder, join(entry.parentPath, entry.name));
      if (isInput(path)) return [];
      const bytes = readFileSync(join(folder, path));
      if (!path.endsWith(".zip")) return [[path, bytes.toString("latin1")]];
      return Object.entries(unzipSync(bytes)).map(([name, content]) => [
        `${path}!${name}`,
        Buffer.from(content).toString("latin1"),
      ]);
    }),
  );
}
