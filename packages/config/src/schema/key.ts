import type { ConfigValue } from "../config-value.ts";

/**
 * What a key may hold. Plain data, so that a whole table of several hundred keys costs microseconds at start,
 * where compiled validators cost milliseconds; one walker reads it (`validate.ts`), one type reads it (`ValueOf`).
 */
export type Key = StringKey | BooleanKey | NumberKey | OneOfKey | ListKey | TableKey | EitherKey | AnyKey;

/** `path`: a relative value is resolved against the folder of the file that holds it. */
export type StringKey = { readonly kind: "string"; readonly path: boolean };
export type BooleanKey = { readonly kind: "boolean" };
/** `name` is the type's name in messages: u16, usize, f64. */
export type NumberKey = {
  readonly kind: "number";
  readonly name: string;
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
};
export type OneOfKey<V extends string = string> = { readonly kind: "oneOf"; readonly values: readonly V[] };
// Interfaces from here: a type alias may not refer to itself through Key.
export interface ListKey<K extends Key = Key> {
  readonly kind: "list";
  readonly of: K;
}
/** Named keys, and under any other name `rest`; without `rest` another name is unknown. */
export interface TableKey<T extends Keys = Keys, R extends Key | undefined = Key | undefined> {
  readonly kind: "table";
  readonly keys: T;
  readonly rest: R;
  readonly required: readonly string[];
}
/** The alternative whose shape (string, table, list…) fits the value gives the messages. */
export interface EitherKey<K extends Key = Key> {
  readonly kind: "either";
  readonly of: readonly K[];
}
export type AnyKey = { readonly kind: "any" };

export interface Keys {
  readonly [name: string]: Key;
}

export const text = { kind: "string", path: false } as const satisfies Key;
export const path = { kind: "string", path: true } as const satisfies Key;
export const flag = { kind: "boolean" } as const satisfies Key;
export const anything = { kind: "any" } as const satisfies Key;

const integer = (name: string, min: number, max: number) =>
  ({ kind: "number", name, integer: true, min, max }) as const satisfies Key;

export const u8 = integer("u8", 0, 255);
export const u16 = integer("u16", 0, 65_535);
export const u64 = integer("u64", 0, Number.MAX_SAFE_INTEGER);
export const usize = integer("usize", 0, Number.MAX_SAFE_INTEGER);
export const i32 = integer("i32", -2_147_483_648, 2_147_483_647);
export const i64 = integer("i64", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
export const nonzero = integer("a nonzero u64", 1, Number.MAX_SAFE_INTEGER);
export const f64 = {
  kind: "number",
  name: "f64",
  integer: false,
  min: -Infinity,
  max: Infinity,
} as const satisfies Key;

export const oneOf = <const V extends string>(...values: V[]): OneOfKey<V> => ({ kind: "oneOf", values });

export const listOf = <K extends Key>(of: K): ListKey<K> => ({ kind: "list", of });

/** A table with these keys and no others. */
export const table = <T extends Keys>(
  keys: T,
  required: readonly (keyof T & string)[] = [],
): TableKey<T, undefined> => ({
  kind: "table",
  keys,
  rest: undefined,
  required,
});

/** A table with these keys, and names of the user's own for the rest. */
export const openTable = <T extends Keys, R extends Key>(keys: T, rest: R): TableKey<T, R> => ({
  kind: "table",
  keys,
  rest,
  required: [],
});

export const mapOf = <K extends Key>(of: K): TableKey<Record<never, never>, K> => ({
  kind: "table",
  keys: {},
  rest: of,
  required: [],
});

export const either = <const K extends readonly Key[]>(...of: K): EitherKey<K[number]> => ({ kind: "either", of });

/** The TypeScript type of what a key holds. Every key may be unset. */
export type ValueOf<K> = K extends StringKey
  ? string
  : K extends BooleanKey
    ? boolean
    : K extends NumberKey
      ? number
      : K extends OneOfKey<infer V>
        ? V
        : K extends ListKey<infer Of>
          ? readonly ValueOf<Of>[]
          : K extends TableKey<infer T, infer R>
            ? TableValue<T, R>
            : K extends EitherKey<infer Of>
              ? Of extends Key
                ? ValueOf<Of>
                : never
              : ConfigValue;

/** Of a table with both named keys and a rest only the named keys are typed. */
type TableValue<T, R> = keyof T extends never
  ? { readonly [name: string]: ValueOf<R> }
  : { readonly [N in keyof T]?: ValueOf<T[N]> | undefined };
