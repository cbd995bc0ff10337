import type { AskForApproval } from "@codex/protocol/thread";
import { dangerOf, type Danger } from "./dangerous-command.ts";
import { glimpseCommands } from "./glimpse-commands.ts";
import { proposeRule } from "./propose-rule.ts";
import { isCovered, isFreed, judgeByRules, type RulesVerdict } from "./rules/judge-by-rules.ts";
import { describeDamage, type LoadedRules } from "./rules/loaded-rules.ts";
import { areSafeCommands, isSafeCommand } from "./safe-command.ts";
import type { SandboxState } from "./sandbox-state.ts";
import { shellQuote } from "./shell-quote.ts";
import { visibleCommands } from "./visible-commands.ts";

/** What is to happen with a command before it runs. `outside`: of the sandbox. `message` is for the model. */
export type CommandVerdict =
  | { readonly kind: "run"; readonly outside: boolean }
  | {
      readonly kind: "ask";
      readonly outside: boolean;
      /** For the person: what needs approval, and why. */
      readonly reason: string | undefined;
      /** The words of a rule that would allow it for good. */
      readonly amendment: readonly string[] | undefined;
      /** The beginnings of commands that together cover it; undefined where nothing less than its very words would. */
      readonly prefixes?: readonly (readonly string[])[] | undefined;
    }
  | { readonly kind: "refuse"; readonly message: string };

export type JudgedCommand = {
  readonly argv: readonly string[];
  /** The model asks to run it outside the sandbox. */
  readonly escalated: boolean;
  /** The model's question to the person, and the prefix it proposes for a rule. */
  readonly justification: string | undefined;
  readonly prefixRule: readonly string[] | undefined;
  readonly approvalPolicy: AskForApproval;
  readonly sandbox: SandboxState;
  /** Something must not be read, by whatever command: a rule then allows without letting out of the sandbox. */
  readonly hidden?: boolean;
  /** A reviewer answers in the user's place. */
  readonly reviewed?: boolean;
  /** The user has approved exactly this command for the session. */
  readonly approved: boolean;
  /** Which dangers are asked about: all ("ask", the default), removals by force ("ask-forced"), none ("run"). */
  readonly dangerous?: "ask" | "ask-forced" | "run" | undefined;
  readonly rules: LoadedRules;
};

/**
 * Whether a command runs, waits for the user, or does not run: the one place that decides. From the strictest on: what rules
 * forbid; what rules, the sandbox's limits or the command's danger make a question; what rules allow; the policy. Pure.
 */
export function decideCommand(command: JudgedCommand): CommandVerdict {
  const verdict = decide(command);
  // Where there is no sandbox, nothing runs in one.
  return verdict.kind === "refuse" || command.sandbox !== "missing" ? verdict : { ...verdict, outside: true };
}

function decide(command: JudgedCommand): CommandVerdict {
  const { argv, escalated, rules } = command;
  const leavesSandbox = escalated || command.sandbox === "missing";
  const blocking = rules.damaged.find(({ forbids }) => forbids);
  if (blocking !== undefined) return refuse(describeDamage(blocking));
  const said = judgeByRules(argv, rules.rules);
  if (said.kind === "forbidden") return refuse(forbiddenText(command, said));
  if (command.approved) return { kind: "run", outside: escalated };
  if (said.kind === "prompt") return decidePrompt(command, said);
  // What a damaged file says may be stricter than what allows here.
  if (said.kind === "allow" && rules.damaged.length === 0 && !(leavesSandbox && said.sandboxed)) {
    return { kind: "run", outside: escalated || !(said.sandboxed || command.hidden === true) };
  }
  return decideByPolicy(command, said);
}

function decideByPolicy(command: JudgedCommand, said: RulesVerdict): CommandVerdict {
  const { argv, escalated, approvalPolicy, sandbox } = command;
  const mayAsk = canAsk(approvalPolicy, "sandbox_approval");
  if (escalated && !mayAsk) return refuse(noEscalation);
  if (escalated && sandbox !== "off") return askAbout(command, command.justification);
  const dangers = dangersOf(argv).filter(({ kind }) => concerns[command.dangerous ?? "ask"].includes(kind));
  const forced = dangers.find(({ kind }) => kind === "forced");
  if (forced !== undefined || (said.kind === "none" && said.tooDeep)) {
    if (!mayAsk) return refuse(forced === undefined ? tooDeepText(argv) : forcedText(argv));
    return { kind: "ask", outside: escalated, reason: dangerText(forced), amendment: undefined };
  }
  if (approvalPolicy === "untrusted" || sandbox === "missing") return decideUntrusted(command, dangers[0], mayAsk);
  const [danger] = dangers;
  if (danger === undefined || !mayAsk) return { kind: "run", outside: escalated };
  return { kind: "ask", outside: escalated, reason: dangerText(danger), amendment: undefined };
}

/** Where every command needs a word of the user's, the harmless ones do not, unless the user has no sandbox by choice. */
function decideUntrusted(command: JudgedCommand, danger: Danger | undefined, mayAsk: boolean): CommandVerdict {
  const { rules, damaged } = command.rules;
  const visible = visibleCommands(command.argv);
  const allows = command.sandbox === "missing" ? isFreed : isCovered;
  const isAllowed = (words: readonly string[]): boolean => damaged.length === 0 && allows(words, rules);
  if (command.sandbox !== "off" && visible !== undefined && areSafeCommands(visible, isAllowed)) {
    return { kind: "run", outside: false };
  }
  if (!mayAsk) return refuse(nothingHolds);
  return askAbout(command, danger && dangerText(danger));
}

function decidePrompt(command: JudgedCommand, said: Extract<RulesVerdict, { match: unknown }>): CommandVerdict {
  const { approvalPolicy, escalated } = command;
  if (!canAsk(approvalPolicy, "rules")) return refuse(neverPrompt);
  if (escalated && !canAsk(approvalPolicy, "sandbox_approval")) return refuse(noEscalation);
  if (said.match.forPerson && command.reviewed === true) return refuse(onlyPerson);
  const why = said.match.justification;
  const reason = `\`${shellQuote(said.words)}\` requires approval${why === undefined ? " by a rule" : `: ${why}`}`;
  return { kind: "ask", outside: escalated, reason, amendment: undefined };
}

/** Names the parts of a compound command that need approval, and proposes a rule for the first. */
function askAbout(command: JudgedCommand, why: string | undefined): CommandVerdict {
  const { argv, escalated, prefixRule, rules } = command;
  const visible = visibleCommands(argv) ?? [];
  const open = visible.filter((words) => !isCovered(words, rules.rules) && (escalated || !isSafeCommand(words)));
  const [first] = open;
  const parts = visible.length > 1 && first !== undefined ? partsText(open) : undefined;
  const reason = why === undefined ? parts : [why, parts].filter((text) => text !== undefined).join(" ");
  const proposed = open.map((words) => proposeRule(words, prefixRule));
  const prefixes =
    first === undefined || proposed.includes(undefined) ? undefined : proposed.flatMap((each) => (each ? [each] : []));
  return { kind: "ask", outside: escalated, reason, amendment: proposed[0], prefixes };
}

const concerns: Record<NonNullable<JudgedCommand["dangerous"]>, readonly Danger["kind"][]> = {
  ask: ["forced", "lasting"],
  "ask-forced": ["forced"],
  run: [],
};

const partsText = (parts: readonly (readonly string[])[]): string =>
  `Needs approval: ${[...new Set(parts.map((words) => `\`${shellQuote(words)}\``))].join(", ")}.`;

const dangersOf = (argv: readonly string[]): Danger[] =>
  glimpseCommands(argv).commands.flatMap((words) => dangerOf(words) ?? []);

const canAsk = (policy: AskForApproval, about: "sandbox_approval" | "rules"): boolean =>
  typeof policy === "object" ? policy.granular[about] : policy !== "never";

const refuse = (message: string): CommandVerdict => ({ kind: "refuse", message });

function forbiddenText({ argv }: JudgedCommand, { match }: Extract<RulesVerdict, { match: unknown }>): string {
  const why = match.justification ?? `policy forbids commands starting with \`${match.matchedPrefix.join(" ")}\``;
  return `\`${shellQuote(argv)}\` rejected: ${why}`;
}

const dangerText = (danger: Danger | undefined): string =>
  danger === undefined ? "This command is nested too deeply to be inspected." : `This command ${danger.what}.`;

/** Texts of the original 0.169.0, which models and programs know. */
const noEscalation =
  "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never";
const neverPrompt = "approval required by policy, but AskForApproval is set to Never";
const forcedText = (argv: readonly string[]): string =>
  `\`${shellQuote(argv)}\` rejected: rm -f style commands are not permitted. Use a safer approach`;

const onlyPerson =
  "the requirements of this machine let only a person approve this command, and an automatic reviewer answers here";

const nothingHolds =
  "there is no sandbox on native Windows and nobody can be asked, so only commands that are known to read, or that rules allow, are run";

const tooDeepText = (argv: readonly string[]): string =>
  `\`${shellQuote(argv.slice(0, 2))} …\` rejected: it is nested too deeply to be inspected. Run its parts one by one.`;
