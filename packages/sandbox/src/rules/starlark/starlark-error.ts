/** Characters of the source, counted from 0; `end` is exclusive. */
export type Span = { readonly start: number; readonly end: number };

/**
 * Why a program cannot be read or run. Thrown inside the interpreter, where a failure ends everything, and turned into a
 * value by `runStarlark`. What a function throws without a place gets that of its call.
 */
export class StarlarkError extends Error {
  readonly at: Span | undefined;

  constructor(message: string, at?: Span) {
    super(message);
    this.at = at;
  }
}
