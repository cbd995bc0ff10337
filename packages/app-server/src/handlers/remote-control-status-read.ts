import { hostName } from "@codex/platform/host-name";
import { installationId } from "@codex/platform/installation-id";
import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** Nobody can control this server from afar. */
export const remoteControlStatusRead: Handler<"remoteControl/status/read"> = async (_params, { server }) =>
  ok({
    status: "disabled",
    serverName: hostName(),
    installationId: installationId(server.engine.codexHome),
    environmentId: null,
  });
