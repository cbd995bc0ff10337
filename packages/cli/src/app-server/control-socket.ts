import { join } from "node:path";

/** Where the server of a Codex home listens, unless it is told otherwise. */
export const controlSocket = (codexHome: string): string =>
  join(codexHome, "app-server-control", "app-server-control.sock");
