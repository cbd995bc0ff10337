import { isObject, type JsonValue } from "@codex/protocol/json";
import { expect, test } from "bun:test";
import { workspace } from "../../packages/scripted-model/src/workspace.ts";
import { stdioServer } from "../support/app-server-process.ts";
import { findOriginal } from "./find-original.ts";
import { createMask, maskValue } from "./mask.ts";
import { survey } from "./survey.ts";

const original = findOriginal();

// Where the original is not installed there is nothing to compare with: `npm test` says so.
test.skipIf(original === undefined)(
  `${survey.length} cheap calls are answered as by the original`,
  async () => {
    const [theirs, mine] = await Promise.all([answersOf(original), answersOf(undefined)]);
    const wrong = survey.flatMap(({ method, params, differs }, index) => {
      const same = Bun.deepEquals(theirs[index], mine[index]);
      if (same === (differs === undefined)) return [];
      return [{ method, params, differs, ...apart(theirs[index], mine[index]) }];
    });
    expect(wrong).toEqual([]);
  },
  30_000,
);

async function answersOf(binary: string | undefined): Promise<JsonValue[]> {
  await using ws = await workspace();
  const config = 'model_provider = "mock"\n[model_providers.mock]\nname = "Mock"\nbase_url = "http://127.0.0.1:9/v1"\n';
  await using server = await stdioServer({ ws, config, ...(binary === undefined ? {} : { binary }) });
  await server.hello();
  const mask = createMask([
    [ws.path, "<cwd>"],
    [ws.codexHome, "<home>"],
    [ws.home, "<user>"],
  ]);
  const answers: JsonValue[] = [];
  for (const { method, params } of survey) {
    const { result, error } = await server.ask(method, params);
    answers.push(maskValue(withoutOurData(result ?? error ?? null), mask));
  }
  return answers;
}

/** Of two answers what is not the same in both. */
function apart(original: JsonValue | undefined, ours: JsonValue | undefined): { original: unknown; ours: unknown } {
  if (!isObject(original) || !isObject(ours)) return { original, ours };
  const keys = [...new Set([...Object.keys(original), ...Object.keys(ours)])];
  const pairs = keys
    .filter((key) => !Bun.deepEquals(original[key], ours[key]))
    .map((key) => [key, apart(original[key] as JsonValue, ours[key] as JsonValue)] as const);
  return {
    original: Object.fromEntries(pairs.map(([key, pair]) => [key, pair.original])),
    ours: Object.fromEntries(pairs.map(([key, pair]) => [key, pair.ours])),
  };
}

/** Errors of ours carry a code for programs beside what the original's carry. */
function withoutOurData(answer: JsonValue): JsonValue {
  if (!isObject(answer) || !isObject(answer["data"])) return answer;
  const { code: _code, ...data } = answer["data"];
  const { data: _data, ...rest } = answer;
  return (Object.keys(data).length > 0 ? { ...rest, data } : rest) as JsonValue;
}
