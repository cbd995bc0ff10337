import { OptionalKind, type TSchema } from "@sinclair/typebox";
import { isObject } from "../json.ts";
import { experimentalMethods, schemas } from "../methods.ts";
import { notificationSchemas } from "../notification-schemas.ts";
import { serverRequestSchemas } from "../server-request-schemas.ts";

type Message = { readonly method: string; readonly params: TSchema; readonly result: TSchema };

/** The whole protocol, as the generators print it. */
export type Surface = {
  readonly methods: readonly Message[];
  readonly notifications: readonly { method: string; params: TSchema }[];
  readonly requests: readonly Message[];
  /** What is no method's and no notification's: envelopes, and the data of errors. */
  readonly others: readonly TSchema[];
  /** Messages that are not shown. What they are made of has its name all the same, as with the original. */
  readonly hidden: readonly Message[];
};

/** Loads every schema; `experimental` shows what needs the client's consent. */
export async function collectSurface(experimental: boolean): Promise<Surface> {
  const methods = await loadMessages(schemas);
  const requests = await loadMessages(serverRequestSchemas);
  const isHidden = ({ method }: Message) => !experimental && experimentalMessages.has(method);
  const notifications = Object.entries(notificationSchemas).map(async ([method, load]) => ({
    method,
    params: await load(),
  }));
  const envelopes: Record<string, TSchema> = { ...(await import("../envelopes.ts")) };
  const { ModelProviderError } = await import("../model-providers.ts");
  const { UserVerificationRpcError } = await import("../user-verification-errors.ts");
  return {
    methods: methods.filter((message) => !isHidden(message)),
    notifications: await Promise.all(notifications),
    requests: requests.filter((message) => !isHidden(message)),
    others: [...Object.values(envelopes), ModelProviderError, ...(experimental ? [UserVerificationRpcError] : [])],
    hidden: [...methods, ...requests].filter(isHidden),
  };
}

const experimentalMessages: ReadonlySet<string> = new Set([...experimentalMethods, "currentTime/read"]);

const loadMessages = (
  table: Readonly<Record<string, () => Promise<{ Params: TSchema; Result: TSchema }>>>,
): Promise<Message[]> =>
  Promise.all(
    Object.entries(table).map(async ([method, load]) => {
      const { Params, Result } = await load();
      return { method, params: Params, result: Result };
    }),
  );

/** A variant with a name of its own is refused where it is used, and shown all the same; as with the original. */
export const isShown = (part: TSchema, experimental: boolean): boolean =>
  part["hidden"] === undefined && (experimental || part["experimental"] !== true);

export const propertiesOf = (schema: TSchema): Record<string, TSchema> =>
  isObject(schema["properties"]) ? (schema["properties"] as Record<string, TSchema>) : {};

export const isOptional = (schema: TSchema): boolean => schema[OptionalKind] !== undefined || schema["ours"] === true;

/** The schemas that one is made of, without what is not shown. */
export function partsOf(schema: TSchema, shown: (part: TSchema) => boolean): TSchema[] {
  const parts = [
    ...Object.values(propertiesOf(schema)),
    ...listOf(schema["anyOf"]),
    ...listOf(schema["allOf"]),
    ...(isObject(schema["items"]) ? [schema["items"] as TSchema] : []),
    ...(isObject(schema["patternProperties"])
      ? Object.values(schema["patternProperties"] as Record<string, TSchema>)
      : []),
  ];
  return parts.filter(shown);
}

export const listOf = (value: unknown): TSchema[] => (Array.isArray(value) ? value : []);
export const titleOf = (schema: TSchema): string | undefined => schema["title"];

/** Every schema with a name that some are made of, by that name, whether it needs consent or not. */
export function collectNamed(
  roots: readonly TSchema[],
  nameOf: (schema: TSchema) => string | undefined,
  shown: (part: TSchema) => boolean = (part) => isShown(part, true),
): Map<string, TSchema> {
  const found = new Map<string, TSchema>();
  const visit = (schema: TSchema): void => {
    const name = nameOf(schema);
    if (name !== undefined) {
      if (found.has(name)) return;
      found.set(name, schema);
    }
    for (const part of partsOf(schema, shown)) visit(part);
  };
  for (const root of roots) visit(root);
  return found;
}

export const schemasOf = (messages: readonly Message[]): TSchema[] =>
  messages.flatMap(({ params, result }) => [params, result]);

/** Without the names of messages that are not shown. */
export function withoutHidden(named: Map<string, TSchema>, { hidden }: Surface): Map<string, TSchema> {
  for (const schema of schemasOf(hidden)) named.delete(titleOf(schema) ?? "");
  return named;
}
