import type { CapturedRequest } from "./captured-request.ts";
import type { Piece } from "./piece.ts";

/** What answers one request: a piece, several in order, or a function that looks at the request first. */
export type Step = Piece | Piece[] | ((request: CapturedRequest) => Played | Promise<Played>);
type Played = Piece | Piece[];

/** Steps in the order of the requests, or one function that answers them all. */
export type Script = Step[] | ((request: CapturedRequest) => Played | Promise<Played>);

/**
 * Hands out the pieces for each request in turn. Undefined beyond the last step, unless `repeat` plays the last one again.
 * A step is taken when it is asked for, so that two requests at once never get the same.
 */
export function takeSteps(script: Script, repeat: boolean) {
  let taken = 0;
  return async (request: CapturedRequest): Promise<Piece[] | undefined> => {
    const index = taken++;
    const step = typeof script === "function" ? script : (script[index] ?? (repeat ? script.at(-1) : undefined));
    if (step === undefined) return undefined;
    const played = typeof step === "function" ? await step(request) : step;
    return Array.isArray(played) ? played : [played];
  };
}
