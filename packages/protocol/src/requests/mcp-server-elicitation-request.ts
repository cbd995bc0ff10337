import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, BigUint64, Double, Lenient, Nullable, Uint32, Words } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const McpElicitationArrayType = Words(["array"], { title: "McpElicitationArrayType" });
export type McpElicitationArrayType = Static<typeof McpElicitationArrayType>;

export const McpElicitationBooleanType = Words(["boolean"], { title: "McpElicitationBooleanType" });
export type McpElicitationBooleanType = Static<typeof McpElicitationBooleanType>;

export const McpElicitationBooleanSchema = T.Object(
  {
    type: McpElicitationBooleanType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    default: Lenient(T.Boolean()),
  },
  { title: "McpElicitationBooleanSchema", additionalProperties: false },
);
export type McpElicitationBooleanSchema = Static<typeof McpElicitationBooleanSchema>;

export const McpElicitationConstOption = T.Object(
  { const: T.String(), title: T.String() },
  { title: "McpElicitationConstOption", additionalProperties: false },
);
export type McpElicitationConstOption = Static<typeof McpElicitationConstOption>;

export const McpElicitationStringType = Words(["string"], { title: "McpElicitationStringType" });
export type McpElicitationStringType = Static<typeof McpElicitationStringType>;

export const McpElicitationUntitledSingleSelectEnumSchema = T.Object(
  {
    type: McpElicitationStringType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    enum: T.Array(T.String()),
    default: Lenient(T.String()),
  },
  { title: "McpElicitationUntitledSingleSelectEnumSchema", additionalProperties: false },
);
export type McpElicitationUntitledSingleSelectEnumSchema = Static<typeof McpElicitationUntitledSingleSelectEnumSchema>;

export const McpElicitationTitledSingleSelectEnumSchema = T.Object(
  {
    type: McpElicitationStringType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    oneOf: T.Array(McpElicitationConstOption),
    default: Lenient(T.String()),
  },
  { title: "McpElicitationTitledSingleSelectEnumSchema", additionalProperties: false },
);
export type McpElicitationTitledSingleSelectEnumSchema = Static<typeof McpElicitationTitledSingleSelectEnumSchema>;

export const McpElicitationSingleSelectEnumSchema = T.Union(
  [McpElicitationUntitledSingleSelectEnumSchema, McpElicitationTitledSingleSelectEnumSchema],
  { title: "McpElicitationSingleSelectEnumSchema" },
);
export type McpElicitationSingleSelectEnumSchema = Static<typeof McpElicitationSingleSelectEnumSchema>;

export const McpElicitationUntitledEnumItems = T.Object(
  { type: McpElicitationStringType, enum: T.Array(T.String()) },
  { title: "McpElicitationUntitledEnumItems", additionalProperties: false },
);
export type McpElicitationUntitledEnumItems = Static<typeof McpElicitationUntitledEnumItems>;

export const McpElicitationUntitledMultiSelectEnumSchema = T.Object(
  {
    type: McpElicitationArrayType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    minItems: Lenient(BigUint64),
    maxItems: Lenient(BigUint64),
    items: McpElicitationUntitledEnumItems,
    default: Lenient(T.Array(T.String())),
  },
  { title: "McpElicitationUntitledMultiSelectEnumSchema", additionalProperties: false },
);
export type McpElicitationUntitledMultiSelectEnumSchema = Static<typeof McpElicitationUntitledMultiSelectEnumSchema>;

export const McpElicitationTitledEnumItems = T.Object(
  { anyOf: T.Array(McpElicitationConstOption) },
  { title: "McpElicitationTitledEnumItems", additionalProperties: false },
);
export type McpElicitationTitledEnumItems = Static<typeof McpElicitationTitledEnumItems>;

export const McpElicitationTitledMultiSelectEnumSchema = T.Object(
  {
    type: McpElicitationArrayType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    minItems: Lenient(BigUint64),
    maxItems: Lenient(BigUint64),
    items: McpElicitationTitledEnumItems,
    default: Lenient(T.Array(T.String())),
  },
  { title: "McpElicitationTitledMultiSelectEnumSchema", additionalProperties: false },
);
export type McpElicitationTitledMultiSelectEnumSchema = Static<typeof McpElicitationTitledMultiSelectEnumSchema>;

export const McpElicitationMultiSelectEnumSchema = T.Union(
  [McpElicitationUntitledMultiSelectEnumSchema, McpElicitationTitledMultiSelectEnumSchema],
  { title: "McpElicitationMultiSelectEnumSchema" },
);
export type McpElicitationMultiSelectEnumSchema = Static<typeof McpElicitationMultiSelectEnumSchema>;

export const McpElicitationLegacyTitledEnumSchema = T.Object(
  {
    type: McpElicitationStringType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    enum: T.Array(T.String()),
    enumNames: Lenient(T.Array(T.String())),
    default: Lenient(T.String()),
  },
  { title: "McpElicitationLegacyTitledEnumSchema", additionalProperties: false },
);
export type McpElicitationLegacyTitledEnumSchema = Static<typeof McpElicitationLegacyTitledEnumSchema>;

export const McpElicitationEnumSchema = T.Union(
  [McpElicitationSingleSelectEnumSchema, McpElicitationMultiSelectEnumSchema, McpElicitationLegacyTitledEnumSchema],
  { title: "McpElicitationEnumSchema" },
);
export type McpElicitationEnumSchema = Static<typeof McpElicitationEnumSchema>;

export const McpElicitationNumberType = Words(["number", "integer"], { title: "McpElicitationNumberType" });
export type McpElicitationNumberType = Static<typeof McpElicitationNumberType>;

export const McpElicitationNumberSchema = T.Object(
  {
    type: McpElicitationNumberType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    minimum: Lenient(Double),
    maximum: Lenient(Double),
    default: Lenient(Double),
  },
  { title: "McpElicitationNumberSchema", additionalProperties: false },
);
export type McpElicitationNumberSchema = Static<typeof McpElicitationNumberSchema>;

export const McpElicitationObjectType = Words(["object"], { title: "McpElicitationObjectType" });
export type McpElicitationObjectType = Static<typeof McpElicitationObjectType>;

export const McpElicitationStringFormat = Words(["email", "uri", "date", "date-time"], {
  title: "McpElicitationStringFormat",
});
export type McpElicitationStringFormat = Static<typeof McpElicitationStringFormat>;

export const McpElicitationStringSchema = T.Object(
  {
    type: McpElicitationStringType,
    title: Lenient(T.String()),
    description: Lenient(T.String()),
    minLength: Lenient(Uint32),
    maxLength: Lenient(Uint32),
    format: Lenient(McpElicitationStringFormat),
    default: Lenient(T.String()),
  },
  { title: "McpElicitationStringSchema", additionalProperties: false },
);
export type McpElicitationStringSchema = Static<typeof McpElicitationStringSchema>;

export const McpElicitationPrimitiveSchema = T.Union(
  [McpElicitationEnumSchema, McpElicitationStringSchema, McpElicitationNumberSchema, McpElicitationBooleanSchema],
  { title: "McpElicitationPrimitiveSchema" },
);
export type McpElicitationPrimitiveSchema = Static<typeof McpElicitationPrimitiveSchema>;

export const McpElicitationSchema = T.Object(
  {
    $schema: Lenient(T.String()),
    type: McpElicitationObjectType,
    properties: T.Record(T.String(), McpElicitationPrimitiveSchema),
    required: Lenient(T.Array(T.String())),
  },
  { title: "McpElicitationSchema", additionalProperties: false },
);
export type McpElicitationSchema = Static<typeof McpElicitationSchema>;

export const McpServerElicitationAction = Words(["accept", "decline", "cancel"], {
  title: "McpServerElicitationAction",
});
export type McpServerElicitationAction = Static<typeof McpServerElicitationAction>;

export const Params = AllOf(
  [
    T.Object({ threadId: T.String(), turnId: Nullable(T.String()), serverName: T.String() }),
    T.Union([
      T.Object(
        {
          mode: T.Literal("openai/userVerification"),
          _meta: Nullable(JsonValue),
          title: T.String(),
          description: T.String(),
          challenge: T.String(),
        },
        { experimental: true },
      ),
      T.Object({
        mode: T.Literal("form"),
        _meta: Nullable(JsonValue),
        message: T.String(),
        requestedSchema: McpElicitationSchema,
      }),
      T.Object({
        mode: T.Literal("openai/form"),
        _meta: Nullable(JsonValue),
        message: T.String(),
        requestedSchema: JsonValue,
      }),
      T.Object({
        mode: T.Literal("openaiForm"),
        _meta: Nullable(JsonValue),
        message: T.String(),
        requestedSchema: JsonValue,
      }),
      T.Object({
        mode: T.Literal("url"),
        _meta: Nullable(JsonValue),
        message: T.String(),
        url: T.String(),
        elicitationId: T.String(),
      }),
    ]),
  ],
  { title: "McpServerElicitationRequestParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { action: McpServerElicitationAction, content: Nullable(JsonValue), _meta: Nullable(JsonValue) },
  { title: "McpServerElicitationRequestResponse" },
);
export type Result = Static<typeof Result>;
