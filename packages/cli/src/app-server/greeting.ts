import type { LoadedConfig } from "@codex/config/load-config";
import { hostName } from "@codex/platform/host-name";
import { installationId } from "@codex/platform/installation-id";
import type { CodexError } from "@codex/protocol/errors";
import type { NotificationParams, ServerNotification } from "@codex/protocol/notifications";
import type { Result } from "@codex/protocol/result";
import { errorPlace } from "./error-place.ts";

/** What a client is told right after the handshake: that nobody controls this server from afar, and what is wrong with the config. */
export function greetingOf(codexHome: string, loaded: Result<LoadedConfig>): ServerNotification[] {
  const params = {
    status: "disabled",
    serverName: hostName(),
    installationId: installationId(codexHome),
    environmentId: null,
  } as const;
  return [{ method: "remoteControl/status/changed", params }, ...configWarnings(loaded)];
}

function configWarnings(loaded: Result<LoadedConfig>): ServerNotification[] {
  if (!loaded.ok) return [{ method: "configWarning", params: unusable(loaded.error) }];
  return loaded.value.warnings.map(({ message, file, line, column }) => ({
    method: "configWarning",
    params: {
      summary: message,
      details: null,
      ...(file === undefined ? {} : { path: file }),
      ...(line === undefined ? {} : { range: pointRange(line, column ?? 1) }),
    },
  }));
}

const pointRange = (line: number, column: number) => ({ start: { line, column }, end: { line, column } });

function unusable(error: CodexError): NotificationParams["configWarning"] {
  const details = errorPlace(error);
  const [, path, line, column] = /^(.*?):(\d+):(\d+): /.exec(details) ?? [];
  const place = path === undefined ? {} : { path, range: pointRange(Number(line), Number(column)) };
  return { summary: "Invalid configuration; using defaults.", details, ...place };
}
