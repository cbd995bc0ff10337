import { parse } from "yaml";
import { isObject, type JsonObject } from "@codex/protocol/json";
import { isPiece, knownVerbs, type Piece } from "./piece.ts";
import type { Script, Step } from "./script.ts";

export type Scenario = { name: string; steps: Script; repeat: boolean; models?: JsonObject[] };

/**
 * Reads a scenario file. YAML (or JSON): `steps`, a list whose entries are pieces or lists of pieces, and optionally
 * `name`, `repeat`, `models`. TypeScript: a module that exports `steps`, and `repeat` if wished. Throws a sentence that
 * names the file, and the step where one is wrong.
 */
export async function readScenario(path: string): Promise<Scenario> {
  if (!(await Bun.file(path).exists())) throw new Error(`There is no scenario ${path}.`);
  const content: unknown = /\.[cm]?[jt]s$/.test(path)
    ? await import(Bun.pathToFileURL(path).href)
    : parse(await Bun.file(path).text());
  return checkScenario(content, path);
}

/** Gives a scenario its type, or throws a sentence about what is wrong with it. */
export function checkScenario(content: unknown, path: string): Scenario {
  if (!isObject(content)) throw new Error(`${path} is no scenario: it must hold \`steps\`.`);
  const { name = path, steps, repeat = false, models } = content;
  return {
    name: String(name),
    steps: checkSteps(steps, path),
    repeat: repeat === true,
    ...(Array.isArray(models) ? { models } : {}),
  };
}

function checkSteps(steps: unknown, path: string): Script {
  // Only a module can hold functions, and those are typed where they are written.
  if (typeof steps === "function") return steps as Extract<Script, () => unknown>;
  if (!Array.isArray(steps) || steps.length === 0) throw new Error(`${path} has no steps.`);
  return steps.map((step: unknown, index) => checkStep(step, `${path}, step ${index + 1}`));
}

function checkStep(step: unknown, place: string): Step {
  if (typeof step === "function") return step as Extract<Step, () => unknown>;
  const pieces: unknown[] = Array.isArray(step) ? step : [step];
  const wrong = pieces.find((piece) => !isPiece(piece));
  if (wrong !== undefined) {
    throw new Error(`${place}: ${JSON.stringify(wrong)} begins with none of ${knownVerbs.join(", ")}.`);
  }
  return pieces as Piece[];
}
