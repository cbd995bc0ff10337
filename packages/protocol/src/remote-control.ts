import { type Static } from "@sinclair/typebox";
import { Words } from "./schema.ts";

export const RemoteControlConnectionStatus = Words(["disabled", "connecting", "connected", "errored"], {
  title: "RemoteControlConnectionStatus",
});
export type RemoteControlConnectionStatus = Static<typeof RemoteControlConnectionStatus>;
