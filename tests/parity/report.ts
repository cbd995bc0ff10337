import type { JsonValue } from "@codex/protocol/json";
import type { Difference } from "./compare.ts";
import { asText } from "./differences.ts";
import type { Outcome } from "./run-both.ts";

/** Why a scenario fails, for people: each unexpected difference with both sides, each listed one that is gone. */
export function describeFaults({ judgement }: Outcome): string {
  const unexpected = judgement.unexpected.map(describeDifference);
  const vanished = judgement.vanished.map((key) => `no longer differs, though parity.yaml lists it:\n  ${key}`);
  return [...unexpected, ...vanished].join("\n");
}

/**
 * The table `scenario | agrees | listed | unexpected`, a line for each scenario. One that differs only in what parity.yaml
 * lists for many scenarios agrees.
 */
export function reportTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ scenario, judgement }) => {
    const faults = judgement.unexpected.length + judgement.vanished.length;
    const agrees = judgement.listed.length + faults === 0 ? "yes" : "";
    return [scenario.name, agrees, String(judgement.listed.length || ""), String(faults || "")];
  });
  const width = Math.max(...outcomes.map(({ scenario }) => scenario.name.length), "scenario".length);
  const line = ([name = "", ...cells]: string[]): string =>
    [name.padEnd(width), ...cells.map((cell) => cell.padEnd("unexpected".length))].join(" | ");
  const agreeing = rows.filter(([, agrees]) => agrees === "yes").length;
  return [["scenario", "agrees", "listed", "unexpected"], ...rows]
    .map(line)
    .concat(`${outcomes.length} scenarios, ${agreeing} agree but for what is listed for all of them.`)
    .join("\n");
}

function describeDifference({ at, ours, original }: Difference): string {
  const [left, right] = around(ours, original);
  return `unexpected at ${at}\n  ours:     ${left}\n  original: ${right}`;
}

const shownCharacters = 400;

/** Both values as text, long ones cut to where they part. */
function around(ours: JsonValue | undefined, original: JsonValue | undefined): [string, string] {
  const [left, right] = [asText(ours), asText(original)];
  let parting = 0;
  while (parting < left.length && left[parting] === right[parting]) parting++;
  const from = Math.max(0, parting - shownCharacters / 4);
  const cut = (text: string): string => {
    const piece = text.slice(from, from + shownCharacters);
    return `${from > 0 ? "[…] " : ""}${JSON.stringify(piece)}${from + shownCharacters < text.length ? " […]" : ""}`;
  };
  return [cut(left), cut(right)];
}
