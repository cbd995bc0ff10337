import { compare } from "./compare.ts";
import { createTurns } from "./create-turns.ts";
import { judge, type Judgement, type Listed } from "./differences.ts";
import { observe } from "./observe.ts";
import { play, type Programs } from "./play.ts";
import type { Scenario } from "./scenario.ts";

export type Outcome = { scenario: Pick<Scenario, "name">; judgement: Judgement };

/** Plays scenarios against both programs at once, so many scenarios at a time. Each is played once, when first asked for. */
export function createPlayer(programs: Programs, entries: readonly Listed[], atATime: number) {
  const outcomes = new Map<string, Promise<Outcome>>();
  const takeTurn = createTurns(atATime);
  return (scenario: Scenario): Promise<Outcome> => {
    const known = outcomes.get(scenario.name);
    if (known !== undefined) return known;
    const outcome = takeTurn(() => runBoth(scenario, programs, entries));
    outcomes.set(scenario.name, outcome);
    return outcome;
  };
}

async function runBoth(scenario: Scenario, programs: Programs, entries: readonly Listed[]): Promise<Outcome> {
  const [ours, original] = await Promise.all([play(scenario, "ours", programs), play(scenario, "original", programs)]);
  const differences = compare(observe(ours, scenario), observe(original, scenario));
  return { scenario, judgement: judge(scenario.name, differences, entries) };
}
