import { Type as T, type Static } from "@sinclair/typebox";
import { MayOmit, OptionalNull, OrNull } from "../schema.ts";
import { AbsolutePathBuf, JsonValue } from "../values.ts";

export const ClientInfo = T.Object(
  {
    /** Becomes the originator; must be a valid HTTP header value. */
    name: T.String(),
    title: MayOmit(OrNull(T.String()), null),
    version: T.String(),
  },
  { title: "ClientInfo" },
);
export type ClientInfo = Static<typeof ClientInfo>;

export const InitializeCapabilities = T.Object(
  {
    requiredHumanApproval: T.Optional(T.Boolean()),
    explicitGatewayOauth: T.Optional(T.Boolean()),
    experimentalApi: MayOmit(T.Boolean(), false),
    requestAttestation: MayOmit(T.Boolean(), false),
    mcpServerOpenaiFormElicitation: T.Optional(T.Boolean()),
    optOutNotificationMethods: OptionalNull(T.Array(T.String())),
    extensions: OptionalNull(T.Record(T.String(), JsonValue)),
  },
  { title: "InitializeCapabilities" },
);
export type InitializeCapabilities = Static<typeof InitializeCapabilities>;

export const Params = T.Object(
  { clientInfo: ClientInfo, capabilities: MayOmit(OrNull(InitializeCapabilities), null) },
  { title: "InitializeParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { userAgent: T.String(), codexHome: AbsolutePathBuf, platformFamily: T.String(), platformOs: T.String() },
  { title: "InitializeResponse" },
);
export type Result = Static<typeof Result>;
