import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({
  clientInfo: T.Object({
    /** Becomes the originator; must be a valid HTTP header value. */
    name: T.String(),
    title: T.Optional(T.Union([T.String(), T.Null()])),
    version: T.String(),
  }),
  capabilities: T.Optional(
    T.Union([
      T.Null(),
      T.Object({
        experimentalApi: T.Optional(T.Boolean()),
        requestAttestation: T.Optional(T.Boolean()),
        optOutNotificationMethods: T.Optional(T.Union([T.Array(T.String()), T.Null()])),
      }),
    ]),
  ),
});
export type Params = Static<typeof Params>;

export const Result = T.Object({
  userAgent: T.String(),
  codexHome: T.String(),
  platformFamily: T.String(),
  platformOs: T.String(),
});
export type Result = Static<typeof Result>;
