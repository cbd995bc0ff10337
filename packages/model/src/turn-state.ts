/**
 * `x-codex-turn-state`: the first value that a server sends in a turn goes back with every later request of that turn;
 * later values are ignored. One per turn, made by whoever runs the turn.
 */
export type TurnState = { value: string | undefined };

export const createTurnState = (): TurnState => ({ value: undefined });

/** Keeps the value if it is the first. */
export function keepTurnState(state: TurnState, headers: Headers): void {
  state.value ??= headers.get("x-codex-turn-state") ?? undefined;
}
