import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "./schema.ts";

export const RemoteControlConnectionStatus = Words(["disabled", "connecting", "connected", "errored"], {
  title: "RemoteControlConnectionStatus",
});
export type RemoteControlConnectionStatus = Static<typeof RemoteControlConnectionStatus>;

/** How remote control stands, as each of its methods tells it. */
export const remoteControlState = {
  status: RemoteControlConnectionStatus,
  serverName: T.String(),
  installationId: T.String(),
  environmentId: Nullable(T.String()),
};
