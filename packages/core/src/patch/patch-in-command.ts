import { marker } from "./patch.ts";

/** A patch that a shell script would apply. `workdir` is as written, to be resolved against the command's own. */
export type PatchInCommand = { readonly patch: string; readonly workdir?: string };

/**
 * Finds the patch in a script that does nothing else than apply it: `apply_patch <<'EOF'`, also as `applypatch` and after
 * `cd DIR &&`; the words `["apply_patch", PATCH]`; or a bare patch. Undefined for every other script, which is for the
 * shell. As in the original, the text of the here-document is taken as it stands, also where its delimiter is unquoted.
 */
export function findPatchInCommand(script: string): PatchInCommand | undefined {
  const text = script.trim();
  if (text.startsWith(marker.begin)) return { patch: text };
  return text.startsWith("[") ? patchInWords(text) : patchInHereDocument(script);
}

function patchInWords(text: string): PatchInCommand | undefined {
  const words = parseWords(text);
  const [name, patch] = words ?? [];
  return words?.length === 2 && isPatchCommand(name) && patch !== undefined ? { patch } : undefined;
}

function parseWords(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}

const isPatchCommand = (name: string | undefined): boolean => name === "apply_patch" || name === "applypatch";

/** One word that the shell would not expand: bare with escapes, or wholly in quotes. */
const word = String.raw`(?:'[^'\n]*'|"[^"$\x60\\\n]*"|(?:[^\s'"$\x60\\;&|<>(){}*?~#!\-]|\\[^\n])(?:[^\s'"$\x60\\;&|<>(){}*?!]|\\[^\n])*)`;
const opening = new RegExp(
  String.raw`^\s*(?:cd[ \t]+(${word})\s*&&\s*)?(?:[A-Za-z_]\w*=[\w./:-]*[ \t]+)*apply_?patch[ \t]*<<(-?)[ \t]*(?:'([\w.-]+)'|"([\w.-]+)"|\\?([\w.-]+))[ \t]*\n`,
);

function patchInHereDocument(script: string): PatchInCommand | undefined {
  const match = opening.exec(script);
  if (match === null) return undefined;
  const [all, directory, tabs, single, double, bare] = match;
  const delimiter = single ?? double ?? bare;
  const lines = script.slice(all.length).split("\n");
  const end = lines.findIndex((line) => (tabs === "-" ? line.replace(/^\t+/, "") : line) === delimiter);
  const restIsBlank = end !== -1 && lines.slice(end + 1).every((line) => line.trim() === "");
  if (!restIsBlank) return undefined;
  const patch = lines.slice(0, end).join("\n");
  return directory === undefined ? { patch } : { patch, workdir: unquote(directory) };
}

const unquote = (text: string): string => (/^['"]/.test(text) ? text.slice(1, -1) : text.replace(/\\(.)/g, "$1"));
