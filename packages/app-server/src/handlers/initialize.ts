import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** The handshake. The client's name becomes the originator of its requests to the model. */
export const initialize: Handler<"initialize"> = async (params, { server, connection }) => {
  if (connection.client) return err(fail("alreadyInitialized"));
  const { name, version } = params.clientInfo;
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(name)) {
    return err(fail("invalidClientName", name));
  }
  connection.client = { name, version };
  server.introduced(connection.client);
  connection.experimentalApi = params.capabilities?.experimentalApi ?? false;
  connection.optedOut = new Set(params.capabilities?.optOutNotificationMethods ?? []);
  return ok({
    userAgent: server.engine.userAgent(connection.client),
    codexHome: server.engine.codexHome,
    platformFamily: process.platform === "win32" ? "windows" : "unix",
    platformOs: process.platform === "darwin" ? "macos" : process.platform === "win32" ? "windows" : process.platform,
  });
};
