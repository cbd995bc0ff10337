import type { Clock } from "@codex/platform/clock";
import type { CommandAction } from "@codex/protocol/items";
import type { Launcher } from "@codex/sandbox/launcher";
import type { SandboxSettings } from "@codex/sandbox/settings";
import type { RuleBook } from "@codex/sandbox/rules/open-rules";
import type { NetworkGate } from "@codex/sandbox/network/network-gate";
import type { ToolContext } from "../tools/define-tool.ts";
import type { ApprovedPrefixes } from "./approved-prefixes.ts";
import type { CommandItem } from "./command-item.ts";
import type { ExecSessions } from "./exec-sessions.ts";
import type { Offers } from "./offers.ts";

/** A command whose words are settled, with what shows it. */
export type CommandRun = {
  readonly argv: readonly string[];
  /** Of its session and of the item's process. */
  readonly id: number;
  /** `cwd` is absolute. */
  readonly shown: { readonly command: string; readonly cwd: string; readonly actions: CommandAction[] };
  readonly tty: boolean;
  /** The model asks to run it outside the sandbox. */
  readonly escalated: boolean;
  /** The model's question to the user. */
  readonly reason: string | undefined;
  readonly prefixRule: readonly string[] | undefined;
  readonly item: CommandItem;
};

export type CommandDeps = {
  readonly sessions: ExecSessions;
  readonly launcher: Launcher;
  readonly clock: Clock;
  /** Absolute; from the user and the session's start, never from the model. */
  readonly workspaceRoots: readonly string[];
  /** Commands that the user approved for the session. */
  readonly approved: Set<string>;
  /** Beginnings of commands that they approved so, where that is switched on; undefined where it is not. */
  readonly prefixes?: ApprovedPrefixes | undefined;
  readonly rules: RuleBook;
  /** `[sandbox]` of the config. */
  readonly settings?: SandboxSettings | undefined;
  /** The command's whole environment. `confined` is false where no sandbox holds it; `host`: one that was opened for it alone. */
  environment(call: {
    threadId: string;
    callId: string;
    confined: boolean;
    host?: string | undefined;
  }): Readonly<Record<string, string>>;
  /** The command's way to the network where rules govern it, or `host` is opened; `tell` gets what the model must know of it. */
  gate(
    run: CommandRun,
    context: ToolContext,
    tell: (sentence: string) => void,
    host?: string,
  ): Promise<NetworkGate | undefined>;
  /** What is offered to commands that the sandbox stops; undefined where nothing is. */
  readonly offers?: Offers | undefined;
  /** How a command is shown: its line, quoted for a shell, and what it does. */
  readonly display: { line(argv: readonly string[]): string; actions(script: string): CommandAction[] };
  /** Tells the person, once a sentence, what is different about the protection on this machine. */
  notice(sentence: string): void;
};
