import type { Launcher } from "@codex/sandbox/launcher";
import { basename } from "node:path";

/** Tells the log how each command is confined: by which program, under which policy. Never the command itself. */
export const logRoutes = (launcher: Launcher, debug: (message: string) => void): Launcher => ({
  prepare: async (command, session) => {
    const confined = await launcher.prepare(command, session);
    const { type } = session.policy;
    if (!confined.ok) debug(`sandbox: ${type} cannot be enforced: ${confined.error.message}`);
    else if (confined.value.argv.join("\0") === command.argv.join("\0")) debug(`sandbox: ${type}, not confined`);
    else debug(`sandbox: ${type}, confined by ${basename(confined.value.argv[0] ?? "")}`);
    return confined;
  },
});
