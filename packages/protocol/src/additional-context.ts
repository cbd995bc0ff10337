import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, Words } from "./schema.ts";

export const AdditionalContextKind = Words(["untrusted", "application"], { title: "AdditionalContextKind" });
export type AdditionalContextKind = Static<typeof AdditionalContextKind>;

export const AdditionalContextEntry = T.Object(
  { value: T.String(), kind: AdditionalContextKind, name: OptionalNull(T.String()) },
  { title: "AdditionalContextEntry" },
);
export type AdditionalContextEntry = Static<typeof AdditionalContextEntry>;
