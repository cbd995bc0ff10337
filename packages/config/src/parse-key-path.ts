import { err, ok, type Result } from "@codex/protocol/result";

/** `a."b.c".d` in its segments; what is wrong with it otherwise. Source of the sentences: the original 0.169.0. */
export function parseKeyPath(path: string): Result<string[], string> {
  if (path === "") return err("keyPath must not be empty");
  const segments: string[] = [];
  let rest = path;
  while (true) {
    const [whole = "", quoted, plain] = /^(?:"((?:[^"\\]|\\.)*)"|([^."]*))(?=\.|$)/s.exec(rest) ?? [];
    const segment = quoted === undefined ? plain : unquote(quoted);
    if (segment === undefined) return err(`keyPath has an unfinished quotation: ${path}`);
    if (segment === "") return err("keyPath segments must not be empty");
    segments.push(segment);
    rest = rest.slice(whole.length);
    if (rest === "") return ok(segments);
    rest = rest.slice(1);
  }
}

const unquote = (quoted: string): string => quoted.replace(/\\(["\\])/g, "$1");
