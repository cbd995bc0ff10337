import type { Command } from "commander";

/** One command of `codex`: the line in the help, and the module that defines it, loaded when the command is chosen. */
export type CommandEntry = {
  readonly summary: string;
  readonly aliases?: readonly string[];
  /** For programs rather than people: not listed in the help. */
  readonly hidden?: true;
  /** Adds the command to `program`; its action resolves to the exit code by `finish`, and may look at the tree of all commands. */
  load(): Promise<(program: Command, finish: Finish, whole: () => Promise<Command>) => void>;
};

/** Tells the process how to end. */
export type Finish = (exitCode: number) => void;
