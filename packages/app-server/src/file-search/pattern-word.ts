/** One word of a query. What is in capitals matches small letters too. */
export type PatternWord = {
  readonly kind: "fuzzy" | "substring" | "prefix" | "suffix" | "exact";
  /** Must not match. */
  readonly inverted: boolean;
  /** Folded; never empty. */
  readonly text: string;
  /** Accents in what is searched do not count, as the word has none. */
  readonly ignoresAccents: boolean;
};
