/** What a turn's reviews came to, oldest first: true where the reviewer said no. A review that failed is none. */
export type Verdicts = boolean[];

/** After so many denials in a row, or so many among the last reviews, the turn ends; source: the original. */
const inARow = 3;
const among = { denials: 10, reviews: 50 } as const;

/**
 * A model that keeps asking for what it is denied is stopped: the sentence that says so, or undefined while it may go on.
 * Wording of the original, which clients show. Pure.
 */
export function tooManyDenials(verdicts: Readonly<Verdicts>): string | undefined {
  const row = verdicts.length - 1 - verdicts.lastIndexOf(false);
  const recent = verdicts.slice(-among.reviews).filter((denied) => denied).length;
  if (row < inARow && recent < among.denials) return undefined;
  return `Automatic approval review rejected too many approval requests for this turn (${row} consecutive, ${recent} in the last ${among.reviews} reviews); interrupting the turn.`;
}
