import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";

/** Reads the YAML between the two `---` lines that open a Markdown file. The error is the reason, for a sentence. */
export function readFrontMatter(text: string): Result<Record<string, unknown>, string> {
  const yaml = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*$/m.exec(text)?.[1];
  if (yaml === undefined || !/^\uFEFF?---/.test(text)) return err("missing YAML frontmatter delimited by ---");
  const value = parseYaml(yaml);
  return isObject(value) ? ok(value) : err("invalid YAML in its front matter");
}

function parseYaml(text: string): unknown {
  try {
    return Bun.YAML.parse(text);
  } catch {
    return undefined;
  }
}
