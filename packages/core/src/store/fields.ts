import { isObject, type JsonObject, type JsonValue } from "@codex/protocol/json";

/** An object from a file that anyone may have written: each key is looked at before it is believed. */
export type Fields = { readonly [key: string]: unknown };

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

export const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === "string") : [];

/** `value` where it is one of `allowed`, else the first of them. */
export const oneOf = <const T extends string>(value: unknown, allowed: readonly [T, ...T[]]): T =>
  allowed.find((word) => word === value) ?? allowed[0];

/** The fields that have a value: the original leaves out what is null, and we what is undefined too. */
export const given = (fields: { [key: string]: JsonValue | undefined }): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined && entry[1] !== null),
  );
