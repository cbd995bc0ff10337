import { Type as T, type TSchema } from "@sinclair/typebox";
import type { JsonObject } from "../json.ts";
import { Int64 } from "../schema.ts";
import { RequestId } from "../values.ts";
import {
  collectNamed,
  collectSurface,
  listOf,
  schemasOf,
  titleOf,
  withoutHidden,
  type Surface,
} from "./collect-surface.ts";
import { bodyOf, schemaName } from "./json-schema-of.ts";

const draft = "http://json-schema.org/draft-07/schema#";

/** Known to the TypeScript only, as with the original. */
const withoutSchema: ReadonlySet<string> = new Set([
  "getAuthStatus",
  "getConversationSummary",
  "gitDiffToRemote",
  "rawResponse/completed",
  "rawResponseItem/completed",
]);

type Folder = "" | "v1/" | "v2/";
type Root = { readonly folder: Folder; readonly schema: TSchema };

/** The protocol as JSON Schema: a file for each message and two bundles, by path; as the original lays them out. */
export async function writeJsonSchema(experimental: boolean): Promise<Map<string, string>> {
  const surface = await collectSurface(experimental);
  const roots = new Map([...rootsOf(surface), ...unionsOf(surface)]);
  const files = new Map<string, string>();
  for (const [title, { folder, schema }] of roots) {
    // The union of requests is made for all of them before some are taken out.
    const taken = title === "ClientRequest" ? surface.hidden.map(({ params }) => params) : [];
    const own = namedIn([schema, ...taken], surface);
    own.delete(title);
    const refTo = (to: string) => `#/definitions/${to}`;
    const definitions = printAll(own, { experimental, refTo }, new Set());
    const file = { $schema: draft, title: shownTitle(title), ...bodyOf(schema, { experimental, refTo }) };
    files.set(`${folder}${title}.json`, text(own.size > 0 ? { ...file, definitions } : file));
  }
  files.set("codex_app_server_protocol.schemas.json", text(nestedBundle(roots, surface, experimental)));
  files.set("codex_app_server_protocol.v2.schemas.json", text(flatBundle(roots, surface, experimental)));
  return files;
}

const text = (value: JsonObject): string => `${JSON.stringify(sorted(value), null, 2)}\n`;

/** Keys in the order of the alphabet, so that two versions can be compared line by line. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, of]) => [key, sorted(of)]));
}

/** What has a file of its own. */
function rootsOf(surface: Surface): Map<string, Root> {
  const roots = new Map<string, Root>();
  const add = (folder: Folder, schema: TSchema) => {
    const title = titleOf(schema);
    if (title !== undefined) roots.set(title, { folder, schema });
  };
  for (const { method, params, result } of surface.methods) {
    if (withoutSchema.has(method)) continue;
    const folder = method === "initialize" ? "v1/" : method.startsWith("fuzzyFileSearch") ? "" : "v2/";
    add(folder, params["maybeNone"] ? orNull(params) : params);
    add(folder, result);
  }
  for (const { method, params } of surface.notifications) {
    add(method.startsWith("fuzzyFileSearch") ? "" : "v2/", params);
  }
  for (const { params, result } of surface.requests) {
    add("", params);
    add("", result);
  }
  for (const schema of surface.others) {
    if (titleOf(schema) !== "W3cTraceContext")
      add(titleOf(schema)?.endsWith("RpcError") || titleOf(schema) === "ModelProviderError" ? "v2/" : "", schema);
  }
  return roots;
}

/** When the server sent it, Unix milliseconds. */
const emittedAt = T.Object({ emittedAtMs: T.Optional(Int64) });

/** Params that may be left out, with the name that the original gives to them or null; without a name where it has none. */
const orNull = (params: TSchema): TSchema => {
  const named = listOf(params["anyOf"]).find((option) => titleOf(option) !== undefined);
  return named ? T.Union([named, T.Null()], { title: `Nullable${titleOf(named)}` }) : T.Null();
};

/** The four kinds of messages that have a method, as unions over the method. */
function unionsOf(surface: Surface): Map<string, Root> {
  const requests = surface.methods
    .filter(({ method }) => !withoutSchema.has(method))
    .map(({ method, params }) => T.Object({ id: RequestId, method: T.Literal(method), params: wireParams(params) }));
  const questions = surface.requests.map(({ method, params }) =>
    T.Object({ id: RequestId, method: T.Literal(method), params }),
  );
  const notifications = surface.notifications
    .filter(({ method }) => !withoutSchema.has(method))
    .map(({ method, params }) => T.Object({ method: T.Literal(method), params }));
  const initialized = [T.Object({ method: T.Literal("initialized") })];
  return new Map<string, Root>([
    ["ClientRequest", { folder: "", schema: T.Unsafe({ anyOf: requests, title: "ClientRequest", suffix: "Request" }) }],
    [
      "ServerRequest",
      { folder: "", schema: T.Unsafe({ anyOf: questions, title: "ServerRequest", suffix: "Request" }) },
    ],
    [
      "ServerNotification",
      {
        folder: "",
        schema: T.Unsafe({
          anyOf: notifications,
          title: "ServerNotification",
          suffix: "Notification",
          beside: emittedAt,
        }),
      },
    ],
    [
      "ClientNotification",
      { folder: "", schema: T.Unsafe({ anyOf: initialized, title: "ClientNotification", suffix: "Notification" }) },
    ],
  ]);
}

/** Params that may be left out are null in JSON Schema, which knows no undefined. */
const wireParams = (params: TSchema): TSchema => {
  if (!params["maybeNone"]) return params;
  const { title: _, ...union } = orNull(params);
  return T.Optional(union as TSchema);
};

/** The name of a schema and its title differ in this only. */
const shownTitle = (title: string): string => title.replace(/^Nullable(?=[A-Z])/, "Nullable_");

type Printer = Parameters<typeof bodyOf>[1];

const printAll = (named: ReadonlyMap<string, TSchema>, printer: Printer, files: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(
    [...named].map(([title, schema]) => {
      const body = bodyOf(plain(schema), printer);
      return [title, files.has(title) ? { $schema: draft, title: shownTitle(title), ...body } : body];
    }),
  );

/** Without what was noted where it is used. */
const plain = (schema: TSchema): TSchema => {
  const { absent: _absent, default: _default, nullIsAbsent: _null, ...rest } = schema;
  return rest as TSchema;
};

/** What belongs to the second version of the protocol stands one level deeper. */
function nestedBundle(roots: Roots, surface: Surface, experimental: boolean): JsonObject {
  const second = namedIn([...rootsIn(roots, ["v2/"]), ...schemasOf(surface.hidden)], surface);
  const first = namedIn(rootsIn(roots, ["v1/"]), surface);
  const refTo = (to: string) => (second.has(to) ? `#/definitions/v2/${to}` : `#/definitions/${to}`);
  const printer = { experimental, refTo };
  const top = [...namedIn(rootsIn(roots, ["", "v1/", "v2/"]), surface)].filter(
    ([title]) => !second.has(title) || first.has(title) || roots.get(title)?.folder === "",
  );
  const definitions = {
    ...printAll(new Map(top), printer, namesIn(roots, ["", "v1/"])),
    v2: printAll(second, printer, namesIn(roots, ["v2/"])),
  };
  return { $schema: draft, title: "CodexAppServerProtocol", type: "object", definitions };
}

/** What a client sends and hears of, side by side. */
function flatBundle(roots: Roots, surface: Surface, experimental: boolean): JsonObject {
  const unions = ["ClientRequest", "ServerNotification"].flatMap((title) => roots.get(title)?.schema ?? []);
  const named = namedIn([...rootsIn(roots, ["v2/"]), ...schemasOf(surface.hidden), ...unions], surface);
  const printer = { experimental, refTo: (to: string) => `#/definitions/${to}` };
  const files = namesIn(roots, ["", "v1/", "v2/"]);
  files.delete("RequestId");
  const definitions = printAll(named, printer, files);
  return { $schema: draft, title: "CodexAppServerProtocolV2", type: "object", definitions };
}

/** What only experimental fields and messages are made of stands in every bundle, as with the original. */
const namedIn = (schemas: readonly TSchema[], surface: Surface): Map<string, TSchema> =>
  withoutHidden(collectNamed(schemas, schemaName), surface);

type Roots = ReadonlyMap<string, Root>;

const namesIn = (roots: Roots, folders: readonly Folder[]): Set<string> =>
  new Set([...roots].filter(([, { folder }]) => folders.includes(folder)).map(([title]) => title));

const rootsIn = (roots: Roots, folders: readonly Folder[]): TSchema[] =>
  [...roots.values()].filter(({ folder }) => folders.includes(folder)).map(({ schema }) => schema);
