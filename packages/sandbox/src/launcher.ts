import type { Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";

/** A command as the model or a person asked for it. */
export type Command = {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** The command's whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** It will get a pseudo-terminal as its standard streams, and takes it as its controlling terminal. */
  readonly tty: boolean;
};

/** What to spawn so that `command` runs confined: other words, other environment, extra descriptors from 3 on. */
export type Confined = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Descriptors of ours that the child gets as 3, 4, …; closed by `dispose`. */
  readonly fds: readonly number[];
  /** Call once after the command has ended (or failed to start): closes descriptors, removes placeholders. */
  dispose(): void;
};

/** The session's own roots: they come from the user and the session's start, never from the model. */
export type Session = { readonly policy: SandboxPolicy; readonly workspaceRoots: readonly string[] };

/** Confines commands. Fails, with the cause and the remedy, where the policy cannot be enforced: nothing runs then. */
export type Launcher = { prepare(command: Command, session: Session): Promise<Result<Confined>> };
