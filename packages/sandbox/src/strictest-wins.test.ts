import { expect, test } from "bun:test";
import fc from "fast-check";
import type { AskForApproval } from "@codex/protocol/thread";
import { decideCommand, type CommandVerdict } from "./decide-command.ts";
import { readRules } from "./rules/read-rules.ts";
import { shellQuote } from "./shell-quote.ts";

/** A line of commands is judged as strictly as its strictest part, and nothing put around a command makes it freer. */

/** CODEX_TEST_RUNS=50000 makes it a long test. */
const runs = Number(process.env["CODEX_TEST_RUNS"] ?? 1500);

const strictness = ({ kind, ...verdict }: CommandVerdict): number => {
  if (kind === "run") return "outside" in verdict && verdict.outside ? 0 : 1;
  return kind === "ask" ? 2 : 3;
};

/**
 * Not among them: questions of rules alone. There what a rule asks about is put to the person as a whole, and their yes counts
 * for the parts too that would be refused by themselves.
 */
const granular = fc
  .constantFrom([true, true], [true, false], [false, false])
  .map(([sandbox_approval = false, rules = false]): AskForApproval => ({
    granular: { sandbox_approval, rules, skill_approval: true, request_permissions: true, mcp_elicitations: true },
  }));
const policy = fc.oneof(fc.constantFrom<AskForApproval>("untrusted", "on-request", "never"), granular);

const program = fc.constantFrom("ls", "cat", "git", "rm", "touch", "curl", "find", "sleep");
const words = fc.constantFrom("a", "-f", "-rf", "status", "push", "reset", "--hard", "-delete", ".", "-n");
const command = fc.tuple(program, fc.array(words, { maxLength: 3 })).map(([first, rest]) => [first, ...rest]);

const rule = fc
  .tuple(program, fc.array(words, { maxLength: 1 }), fc.constantFrom("allow", "prompt", "forbidden"), fc.boolean())
  .map(([first, rest, decision, sandbox]) => {
    const kept = sandbox && decision === "allow" ? ", sandbox = True" : "";
    return `prefix_rule(${JSON.stringify([first, ...rest])}, "${decision}"${kept})`;
  });

const scene = fc.record({
  approvalPolicy: policy,
  sandbox: fc.constantFrom("holds", "off", "missing"),
  escalated: fc.boolean(),
  rules: fc.array(rule, { maxLength: 4 }),
});

type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

function decide(script: string, { rules, ...rest }: Scene): number {
  const read = readRules(rules.join("\n"), "/home/me");
  if (!read.ok) throw new Error(read.error.message);
  return strictness(
    decideCommand({
      argv: ["/bin/bash", "-lc", script],
      justification: undefined,
      prefixRule: undefined,
      approved: false,
      rules: { rules: read.value, damaged: [] },
      ...rest,
    }),
  );
}

test("a line is judged at least as strictly as each of its commands, however they are joined", () => {
  const joined = fc.array(fc.tuple(fc.constantFrom(" && ", " || ", "; ", " | ", "\n", " & "), command), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(scene, command, joined, (around, first, rest) => {
      const line = [shellQuote(first), ...rest.flatMap(([join, next]) => [join, shellQuote(next)])].join("");
      const parts = [first, ...rest.map(([, next]) => next)].map((each) => decide(shellQuote(each), around));
      expect(decide(line, around)).toBeGreaterThanOrEqual(Math.max(...parts));
    }),
    { numRuns: runs },
  );
});

type Wrap = (line: string) => string;

/** Before the words of one command. */
const prefixes: readonly Wrap[] = [
  "env",
  "env -i A=1",
  "sudo",
  "sudo -u me",
  "timeout 5",
  "nice -n 5 nohup",
  "command",
  "stdbuf -o L",
  "xargs -n 1",
].map((prefix) => (line: string) => `${prefix} ${line}`);

/** Around or beside any script. */
const surroundings: readonly Wrap[] = [
  (line) => `A=1 ${line}`,
  (line) => `! ${line}`,
  (line) => `> out ${line}`,
  (line) => `time ${line}`,
  (line) => `x=1; ${line}`,
  (line) => `export X=1 && ${line}`,
  (line) => `ls; ${line}`,
];

const blocks: readonly Wrap[] = [
  (line) => `echo $(${line})`,
  (line) => `echo "$(${line})"`,
  (line) => `(${line})`,
  (line) => `{ ${line}; }`,
  (line) => `if true; then ${line}; fi`,
  (line) => `for x in a; do ${line}; done`,
  (line) => `f() { ${line}; }; f`,
  (line) => `case a in b|a) ${line};; esac`,
  (line) => `bash -c ${shellQuote([line])}`,
  (line) => `sh -lc ${shellQuote([line])}`,
  (line) => `eval ${shellQuote([line])}`,
  (line) => `bash <<< ${shellQuote([line])}`,
  (line) => `echo ${shellQuote([line])} | sudo sh`,
  (line) => `cat <(${line})`,
  (line) => `true | ${line} | cat`,
  (line) => `true # x\n${line}`,
];

const documents: readonly Wrap[] = [
  (line) => line,
  (line) => `${line} &`,
  (line) => `${line} > out`,
  (line) => `cat <<E\n$(${line})\nE`,
  (line) => `bash <<'E'\n${line}\nE`,
  (line) => `env sh -s <<-E\n\t${line}\n\tE`,
  (line) => `cat <<'E' | bash\n${line}\nE`,
];

test("nothing put around a command makes it freer", () => {
  const pick = (wraps: readonly Wrap[], maxLength: number) => fc.array(fc.constantFrom(...wraps), { maxLength });
  const layers = fc.tuple(pick(prefixes, 2), pick(surroundings, 1), pick(blocks, 3), pick(documents, 1));
  fc.assert(
    fc.property(scene, command, layers, (around, inner, wraps) => {
      const line = shellQuote(inner);
      const outer = wraps.flat().reduce((text, wrap) => wrap(text), line);
      expect({ outer, verdict: Math.max(decide(outer, around), decide(line, around)) }).toEqual({
        outer,
        verdict: decide(outer, around),
      });
    }),
    { numRuns: 2 * runs },
  );
});

test("a rule that forbids or asks never loosens, and what one forbids no other allows", () => {
  fc.assert(
    fc.property(scene, command, rule, (around, line, more) => {
      const text = shellQuote(line);
      const grown = { ...around, rules: [...around.rules, more] };
      if (!more.includes('"allow"')) expect(decide(text, grown)).toBeGreaterThanOrEqual(decide(text, around));
      // Under this policy nothing is refused but by a rule.
      const plain = { approvalPolicy: "on-request", sandbox: "holds", escalated: false } as const;
      if (decide(text, { ...around, ...plain }) === 3) expect(decide(text, grown)).toBe(3);
    }),
    { numRuns: runs },
  );
});
