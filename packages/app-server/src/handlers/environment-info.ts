import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Handler } from "../handler.ts";

/** There is one environment, this machine. */
export const environmentInfo: Handler<"environment/info"> = async ({ environmentId }, { server }) => {
  if (environmentId !== "local") return err(fail("unknownEnvironment", environmentId));
  const { commands, cwd } = server.engine.host;
  const { path } = commands.shell;
  return ok({ shell: { name: basename(path), path }, cwd: pathToFileURL(cwd).href });
};
