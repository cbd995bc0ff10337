import type { ExecOptions } from "@codex/exec/options";
import type { Environment } from "@codex/platform/env";
import { readText } from "@codex/platform/read-file";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import type { ExecCommand } from "./exec-command.ts";
import { readPrompt } from "./read-prompt.ts";
import { splitImages } from "./split-images.ts";

type OfWords = Pick<
  ExecOptions,
  | "session"
  | "images"
  | "addedRoots"
  | "reviewed"
  | "ephemeral"
  | "threadSource"
  | "outputSchema"
  | "lastMessageFile"
  | "output"
  | "color"
  | "version"
>;

/** What the words say of a run, wherever its thread lives. Standard input is read for the prompt. */
export async function readWords(
  { session, prompt: words, flags }: ExecCommand,
  env: Environment,
): Promise<Result<{ prompt: string; options: OfWords }>> {
  const schema = readSchema(flags.outputSchema);
  if (!schema.ok) return schema;
  const { images, prompt: argument } = splitImages(flags.image ?? [], words);
  const prompt = await readPrompt(argument, { optional: session.type === "fork" || images.length > 0 });
  if (!prompt.ok) return prompt;
  const options: OfWords = {
    session,
    images: images.map((image) => resolve(image)),
    addedRoots: (flags.addDir ?? []).map((dir) => resolve(dir)),
    reviewed: flags.approveForMe === true,
    ephemeral: flags.ephemeral === true,
    threadSource: flags.threadSource,
    outputSchema: schema.value,
    lastMessageFile: flags.outputLastMessage === undefined ? undefined : resolve(flags.outputLastMessage),
    output: flags.json || flags.experimentalJson ? "json" : "human",
    color: useColor(flags.color, env),
    version,
  };
  return ok({ prompt: prompt.value, options });
}

function readSchema(path: string | undefined): Result<unknown> {
  if (path === undefined) return ok(undefined);
  const text = readText(path);
  if (!text.ok) return err(fail("usage", `Failed to read output schema file ${path}: ${text.error.reason}`));
  if (text.value === undefined) return err(fail("usage", `Failed to read output schema file ${path}: no such file`));
  const schema = parseJson(text.value);
  if (typeof schema === "object" && schema !== null && !Array.isArray(schema)) return ok(schema);
  return err(fail("usage", `Output schema file ${path} is not a JSON object; give a JSON Schema.`));
}

function useColor(when: ExecFlags["color"], env: Environment): boolean {
  if (when === "always" || when === "never") return when === "always";
  return stdio.isTerminal("err") && !env.NO_COLOR && env.TERM !== "dumb";
}
