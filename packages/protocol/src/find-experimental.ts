import type { TSchema } from "@sinclair/typebox";
import { isObject } from "./json.ts";
import { experimentalMethods, type Method } from "./methods.ts";
import type { NotificationMethod } from "./notifications.ts";

/**
 * The first thing in a request that needs the client's consent to experimental parts, by the name that a refusal calls it:
 * the method, a field of its params as `thread/start.dynamicTools`, or a variant as `askForApproval.granular`.
 * `schema` is the method's `Params`. A field that is null is not used, nor is a switch that is off.
 */
export function findExperimental(method: Method, schema: TSchema, params: unknown): string | undefined {
  return experimentalMethods.has(method) ? method : findIn(schema, params, method);
}

function findIn(schema: TSchema, value: unknown, path: string): string | undefined {
  const parts = [...listOf(schema["allOf"]), ...listOf(schema["anyOf"]).filter((option) => fits(option, value))];
  for (const part of parts) {
    const found = nameOf(part, path) ?? findIn(part, value, path);
    if (found !== undefined) return found;
  }
  if (Array.isArray(value) && isSchema(schema["items"])) {
    return firstOf(value, (element) => findIn(schema["items"] as TSchema, element, path));
  }
  if (!isObject(value) || !isObject(schema["properties"])) return undefined;
  return firstOf(Object.entries(schema["properties"] as Record<string, TSchema>), ([name, property]) => {
    const given = value[name];
    if (!isUsed(property, given)) return undefined;
    return nameOf(property, `${path}.${name}`) ?? findIn(property, given, path);
  });
}

function isUsed(property: TSchema, given: unknown): boolean {
  if (given === false && property["type"] === "boolean") return false;
  return given !== undefined && (given !== null || property["nullIsValue"] === true);
}

const nameOf = (schema: TSchema, path: string): string | undefined => {
  const mark: unknown = schema["experimental"];
  return typeof mark === "string" ? mark : mark === true ? path : undefined;
};

/** Whether an option of a union is the one that was meant: by its words, its literals or its only key. */
function fits(option: TSchema, value: unknown): boolean {
  if (option["type"] === "null") return value === null;
  if (Array.isArray(option["enum"])) return option["enum"].includes(value);
  if (option["type"] === "string") return typeof value === "string";
  if (option["type"] === "array") return Array.isArray(value);
  if (Array.isArray(option["allOf"])) return option["allOf"].every((part: TSchema) => fits(part, value));
  if (!isObject(option["properties"])) return true;
  if (!isObject(value)) return false;
  return Object.entries(option["properties"] as Record<string, TSchema>).every(([name, property]) => {
    if (property["const"] !== undefined) return value[name] === property["const"];
    return option["additionalProperties"] !== false || Object.hasOwn(value, name);
  });
}

const listOf = (value: unknown): TSchema[] => (Array.isArray(value) ? value : []);
const isSchema = (value: unknown): value is TSchema => isObject(value);

function firstOf<T>(values: readonly T[], find: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Sent only to clients that consented to experimental parts. */
const experimentalNotifications: ReadonlySet<NotificationMethod> = new Set<NotificationMethod>([
  "autoApprovalReview/strictReviewRequired",
  "mcpServer/event/stream/notification",
  "process/exited",
  "process/outputDelta",
  "project/changed",
  "thread/environment/connected",
  "thread/environment/disconnected",
  "thread/prediction/updated",
  "thread/project/updated",
  "thread/queue/changed",
  "thread/readState/changed",
  "thread/realtime/closed",
  "thread/realtime/error",
  "thread/realtime/item/completed",
  "thread/realtime/item/started",
  "thread/realtime/item/transcript/delta",
  "thread/realtime/itemAdded",
  "thread/realtime/outputAudio/delta",
  "thread/realtime/sdp",
  "thread/realtime/started",
  "thread/realtime/transcript/delta",
  "thread/realtime/transcript/done",
  "thread/settings/updated",
  "turn/moderationMetadata",
]);

export const isExperimentalNotification = (method: NotificationMethod): boolean =>
  experimentalNotifications.has(method);
