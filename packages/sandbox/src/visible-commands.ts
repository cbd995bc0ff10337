import { splitShell } from "./split-shell.ts";
import { programName } from "./unwrap-command.ts";

/**
 * The commands that argv runs, all of them and exactly: those of a plain script of a shell, or argv itself. Undefined where a
 * shell would do anything besides, so that the words do not tell.
 */
export function visibleCommands(argv: readonly string[]): readonly (readonly string[])[] | undefined {
  const script = shellScript(argv);
  return script === undefined ? [argv] : splitShell(script, { muted: true })?.map(({ words }) => words);
}

/** The script of `bash -lc SCRIPT` and its like; undefined for any other command. */
export function shellScript([shell = "", option, script, ...more]: readonly string[]): string | undefined {
  const isShell = ["bash", "zsh", "sh"].includes(programName(shell)) && (option === "-c" || option === "-lc");
  return isShell && more.length === 0 ? script : undefined;
}
