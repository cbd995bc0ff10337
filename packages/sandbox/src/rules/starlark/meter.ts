import { StarlarkError } from "./starlark-error.ts";

/** How much a program has done, so that none runs for ever or fills the memory. */
export type Meter = {
  /** Counts work in steps: an operation, an element or a character made. */
  spend(steps: number): void;
  /** Runs a function of the program one call deeper. */
  deeper<T>(run: () => T): T;
};

/** Enough for thousands of rules made in loops, and over in a fraction of a second. */
const mostSteps = 1_000_000;
/** As in the original. */
const deepestCall = 50;

export function startMeter(): Meter {
  let steps = 0;
  let depth = 0;
  return {
    spend(more) {
      steps += more;
      if (steps > mostSteps) throw new StarlarkError(`the program takes more than ${mostSteps} steps`);
    },
    deeper(run) {
      depth += 1;
      if (depth > deepestCall) throw new StarlarkError("Starlark call stack overflow");
      const value = run();
      depth -= 1;
      return value;
    },
  };
}
