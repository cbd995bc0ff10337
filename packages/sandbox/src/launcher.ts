import type { Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";
import type { FileRules } from "./permissions/file-rules.ts";
import type { NetworkGate } from "./network/network-gate.ts";

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
  /** The whole environment of what is spawned; the command's own travels inside where they differ. */
  readonly env: Readonly<Record<string, string>>;
  /** Where to start it, not always where the command runs. */
  readonly cwd: string;
  /** Descriptors of ours that the child gets as 3, 4, …; closed by `dispose`. */
  readonly fds: readonly number[];
  /** With a pseudo-terminal: the command makes it its controlling terminal itself, so no session may own it before. */
  readonly takesTerminal: boolean;
  /** False where processes of the command could outlive it and us: no namespace ends them. */
  readonly contained: boolean;
  /** What of the protection is different on this machine, in one sentence for the person; seldom there. */
  readonly notice?: string;
  /**
   * There where the way of confining was taken from memory: whether the sandbox came up, once it has ended, before `dispose`. If not,
   * nothing was run.
   */
  begun?(): boolean;
  /** Call once after the command has ended (or failed to start): closes descriptors, lets go of placeholders. */
  dispose(): void;
};

/** The session's own roots: they come from the user and the session's start, never from the model. */
export type Session = {
  readonly policy: SandboxPolicy;
  readonly workspaceRoots: readonly string[];
  /** What a permission profile says beyond the policy. */
  readonly rules?: FileRules | undefined;
  /**
   * The command was allowed to leave the sandbox, and something must not be read by any: it may write everywhere, but what `rules`
   * deny stays closed, and so does the network where the policy has none.
   */
  readonly left?: boolean;
  /** Where set, a confined command reaches the network by this gate and in no other way, whatever the policy says. */
  readonly gate?: NetworkGate | undefined;
};

/** Confines commands. Fails, with the cause and the remedy, where the policy cannot be enforced: nothing runs then. */
export type Launcher = { prepare(command: Command, session: Session): Promise<Result<Confined>> };
