/**
 * A program for the compiler: one line for each type, which compiles where both folders mean the same by its name. The
 * number of the line tells the type.
 */
export function sameTypes(names: readonly string[], theirs: string, ours: string): string {
  return [
    `import type * as Theirs from "${theirs}"; import type * as Ours from "${ours}"; type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false; type Yes<T extends true> = T;`,
    ...names.map((name, index) => `export type T${index} = Yes<Same<Theirs.${name}, Ours.${name}>>;`),
  ].join("\n");
}
