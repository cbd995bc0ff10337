import { isObject, type JsonObject, type JsonValue } from "@codex/protocol/json";
import type { Rollout, Run } from "../../packages/scripted-model/src/run-codex.ts";
import { createMask, maskValue } from "./mask.ts";
import { observeRequest } from "./observe-request.ts";
import type { Recording } from "./play.ts";
import type { Scenario } from "./scenario.ts";

/** A recording as a plain value that two programs can agree in: masked, and without what is prose. */
export function observe(recording: Recording, scenario: Scenario): JsonValue {
  const { runs, requests, complaints, files, rollouts } = recording;
  const raw: JsonObject = {
    runs: runs.map((run, index) => observeRun(run, scenario, index)),
    requests: requests.map((request, index) => observeRequest(request, requests[index - 1])),
    files,
    ...(complaints.length === 0 ? {} : { complaints: complaints.map(withoutName) }),
    ...(scenario.rollout ? { rollouts: rollouts.map(observeRollout) } : {}),
  };
  return maskValue(raw, createMask(recording.places));
}

function observeRun(run: Run, scenario: Scenario, index: number): JsonObject {
  const json = scenario.runs?.[index]?.json !== false;
  const mentions = scenario.mentions?.map((words): [string, JsonValue] => [words, run.stderr.includes(words)]);
  return {
    exit: run.exitCode,
    ...(json ? { events: run.events } : { stdout: run.stdout }),
    stderr: observeStderr(run.stderr),
    ...(mentions === undefined ? {} : { mentions: Object.fromEntries(mentions) }),
  };
}

/** What a program would look for on standard error: whether there is an error or a warning, and lines of a log between. */
function observeStderr(text: string): JsonObject {
  const lines = text.split("\n");
  const said = lines.filter((line) => !logLine.test(line)).join("\n");
  const worst = /^\s*(error|fatal)\b/im.test(said)
    ? "an error"
    : /^\s*warning\b/im.test(said)
      ? "a warning"
      : "no error";
  return { says: worst, log: lines.some((line) => logLine.test(line)) };
}

// As the original's tracing writes them: a time, then a level.
const logLine = /^\S*\d\d:\d\d:\d\d\S* +(ERROR|WARN)\b/;

/** Complaints begin with the name of the scenario and the side. */
const withoutName = (complaint: string): string => complaint.replace(/^[^:]*: /, "");

/**
 * How many lines of each kind a thread has. Their order within a reply is not compared: one program stores an item before
 * it shows it, the other after. That each can go on with what the other wrote is what scenarios over both show.
 */
function observeRollout({ lines }: Rollout): JsonValue {
  const kinds = Object.groupBy(lines, lineKind);
  return Object.fromEntries(Object.entries(kinds).map(([kind, lines]) => [kind, lines?.length ?? 0]));
}

function lineKind(line: JsonObject): string {
  const payload = isObject(line["payload"]) ? line["payload"] : {};
  const item = isObject(payload["item"]) ? payload["item"] : {};
  return [line["type"], payload["type"], payload["role"], item["type"]]
    .filter((part) => typeof part === "string")
    .join(" ");
}
