import {
  Kind,
  Type as T,
  type SchemaOptions,
  type Static,
  type TIntersect,
  type TNull,
  type TSchema,
  type TUnion,
} from "@sinclair/typebox";

/**
 * The building blocks of the protocol's schemas. A schema's `title` is the type's name in the generated TypeScript and
 * JSON Schema; shapes and names are those that the original 0.169.0 prints. What plain JSON Schema cannot say is in a
 * few keywords of ours.
 */
type Notes = {
  /** What a reader takes for an absent field. The types hold what is written, where the field is always there. */
  absent?: unknown;
  /** Needs the client's consent in `initialize`. A text is the name by which a refusal calls it. */
  experimental?: true | string;
  /** The generated TypeScript says `bigint`; on the wire, and here, it is a plain number. */
  bigint?: true;
  /** Has a name in the TypeScript only, or in the JSON Schema only. */
  namedIn?: "types" | "schemas";
  /** Not of the original: always written by us, and optional in what is generated, as a program made for it knows nothing of it. */
  ours?: true;
  /** Null says something that an absent field does not. */
  nullIsValue?: true;
  /** Other words that a reader takes for one of the words. */
  aliases?: Readonly<Record<string, string>>;
  /** The name in a refusal, where the schema has none. */
  calledAs?: string;
  /** A reader lets variants pass that the schema does not know. */
  open?: true;
  /** A reader knows it, and nothing that is generated names it. */
  hidden?: true;
  /** The variant that a reader takes an object without a tag for. */
  untagged?: string;
  /** A reader takes null for absent; it is never written. */
  nullIsAbsent?: true;
  /** A method whose params may be left out altogether. */
  maybeNone?: true;
};
export type Note = keyof Notes;

/** A copy with another name or a note; `Optional` and the like stay. */
const noted = <S extends TSchema>(schema: S, notes: Notes & { title?: string; default?: unknown }): S => ({
  ...schema,
  ...notes,
});

export const named = <S extends TSchema>(title: string, schema: S): S => noted(schema, { title });

/** One of some words. A union of literals says the same and takes many times as long to build. */
export const Words = <const W extends readonly string[]>(
  words: W,
  options: Pick<Notes, "aliases"> & { title?: string } = {},
) => T.Unsafe<W[number]>({ type: "string", enum: words, ...options });

/** The words known today, of something that is passed on as it came: the type is any text. */
export const OpenWords = (words: readonly string[], options: { title?: string } = {}) =>
  T.Unsafe<string>({ type: "string", enum: words, ...options });

/** There, and perhaps null. */
export const OrNull = <S extends TSchema>(schema: S): TUnion<[S, TNull]> =>
  ({ [Kind]: "Union", anyOf: [schema, nothing] }) as unknown as TUnion<[S, TNull]>;
const nothing = T.Null();

/** One object in parts. `T.Intersect` says the same and takes a good deal of a cold start to say it. */
export const AllOf = <S extends TSchema[]>(parts: [...S], options: SchemaOptions = {}): TIntersect<S> =>
  ({ ...options, [Kind]: "Intersect", allOf: parts }) as unknown as TIntersect<S>;

/** Always written, perhaps as null; a reader takes an absent one for null. */
export const Nullable = <S extends TSchema>(schema: S) => noted(OrNull(schema), { absent: null });

/** May be left out, which mostly means the same as null. */
export const OptionalNull = <S extends TSchema>(schema: S) => T.Optional(OrNull(schema));

/** May be left out, and a reader takes null for that. */
export const Lenient = <S extends TSchema>(schema: S) => noted(T.Optional(schema), { nullIsAbsent: true });

/** May be left out; null says something of its own. */
export const OptionalOrNull = <S extends TSchema>(schema: S) => noted(OptionalNull(schema), { nullIsValue: true });

/** Always written; a reader takes `value` for an absent one. */
export const Defaulted = <S extends TSchema>(schema: S, value: unknown) => noted(schema, { absent: value });

/** May be left out, which means `value`. */
export const Declared = <S extends TSchema>(schema: S, value: unknown) => noted(schema, { default: value });

/**
 * As `Defaulted`, and a client in our own process may leave it out too; the generated TypeScript has it as always there,
 * as the original's has.
 */
export const MayOmit = <S extends TSchema>(schema: S, value: unknown) => T.Optional(noted(schema, { absent: value }));

export const Hidden = <S extends TSchema>(schema: S) => noted(schema, { hidden: true });

export const Ours = <S extends TSchema>(schema: S) => noted(schema, { ours: true });

export const Experimental = <S extends TSchema>(schema: S, name: true | string = true) =>
  noted(schema, { experimental: name });

/** A path of the machine, absolute or not. */
export const Path = T.String({ format: "path" });
export const Int32 = T.Integer({ format: "int32" });
export const Int64 = T.Integer({ format: "int64" });
export const Uint16 = T.Integer({ format: "uint16", minimum: 0 });
export const Uint32 = T.Integer({ format: "uint32", minimum: 0 });
export const Uint64 = T.Integer({ format: "uint64", minimum: 0 });
export const Uint = T.Integer({ format: "uint", minimum: 0 });
export const Double = T.Number({ format: "double" });
export const BigInt64 = noted(Int64, { bigint: true });
export const BigUint64 = noted(Uint64, { bigint: true });

/** The params of a method that takes none: absent or null. */
export const NoParams = noted(T.Union([T.Null(), T.Undefined()]), { maybeNone: true });
export const ParamsOrNone = <S extends TSchema>(params: S) =>
  noted(T.Union([params, T.Undefined()]), { maybeNone: true });
export const ParamsOrNull = <S extends TSchema>(params: S) =>
  noted(T.Union([params, T.Null(), T.Undefined()]), { maybeNone: true });
/** As `ParamsOrNull`; the generated TypeScript asks for the null. */
export const ParamsAreNull = <S extends TSchema>(params: S) => noted(T.Union([params, T.Null()]), { maybeNone: true });

export type { Static };
