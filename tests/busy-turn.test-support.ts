import { isObject, parseJson, type JsonObject } from "@codex/protocol/json";
import { model } from "@codex/scripted-model/testing";

/** A turn with something of everything in it: reasoning, messages, commands alone and side by side, patches. */
export const busyTurn = [
  [
    model.thinks("**Looking around**"),
    model.says("I begin.", { deltas: 4 }),
    model.exec("echo first; sleep 0.03; echo second"),
  ],
  [model.exec("echo left; sleep 0.02"), model.exec("echo right"), model.patch(addFile("made.txt"))],
  [model.says("Half done.", { deltas: 3 }), model.exec("printf third; sleep 0.02; seq 400")],
  [model.patch(addFile("also.txt")), model.exec("cat made.txt")],
  model.says("All done.", { deltas: 5 }),
];

function addFile(name: string): string {
  return `*** Begin Patch\n*** Add File: ${name}\n+hello from ${name}\n*** End Patch`;
}

/** The whole lines of `--json`; one that was cut short by a kill was never shown. */
export const shownEvents = (stdout: string): JsonObject[] =>
  stdout
    .slice(0, stdout.lastIndexOf("\n") + 1)
    .split("\n")
    .flatMap((line) => {
      const event = parseJson(line);
      return isObject(event) ? [event as JsonObject] : [];
    });

/** The items of events of one type, as `item.completed`. */
export const itemsOf = (events: readonly JsonObject[], type: string): JsonObject[] =>
  events.flatMap((event) => (event["type"] === type && isObject(event["item"]) ? [event["item"] as JsonObject] : []));
