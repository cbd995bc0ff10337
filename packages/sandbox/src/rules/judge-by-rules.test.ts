import { expect, test } from "bun:test";
import fc from "fast-check";
import { judgeByRules } from "./judge-by-rules.ts";
import { readRules } from "./read-rules.ts";
import type { Decision, RuleSet } from "./rule.ts";

function rules(source: string): RuleSet {
  const read = readRules(source, "/home/me");
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

const some = rules(`
prefix_rule(["git", "push"], "prompt", justification = "others see it")
prefix_rule(["git"])
prefix_rule(["npm", ["test", "run"]])
prefix_rule(["make"], sandbox = True)
prefix_rule(["curl"], "forbidden")
prefix_rule(["env"])
prefix_rule(["sudo", "apt"])
prefix_rule(["xargs", "wc"])
prefix_rule(["python3", "-c"])
prefix_rule(["/bin/bash", "-lc", "echo $HOME > x"])
prefix_rule(["bash"])
host_executable("git", ["/usr/bin/git"])
`);

const judge = (script: string): string => {
  const verdict = judgeByRules(["/bin/bash", "-lc", script], some);
  return verdict.kind === "allow" && verdict.sandboxed ? "allow in the sandbox" : verdict.kind;
};

test.each([
  ["git status", "allow"],
  ["git status && npm test", "allow"],
  ["git log | npm run x; git diff", "allow"],
  ["git status > /dev/null 2>&1", "allow"],
  ["python3 -c 'import os'", "allow"],
  ["echo $HOME > x", "allow"],
  ["/usr/bin/git status", "allow"],
  ["sudo apt update", "allow"],
  ["git ls-files | xargs wc -l", "allow"],
  ["make all", "allow in the sandbox"],
  ["git status && make", "allow in the sandbox"],
  ["git push", "prompt"],
  ["git status && git push", "prompt"],
  ["/opt/git push", "none"],
  ["/usr/bin/git push", "prompt"],
  ["echo $(git push)", "prompt"],
  ["env git push", "prompt"],
  ["for x in a; do git push; done", "prompt"],
  ["curl x", "forbidden"],
  ["/usr/bin/curl x", "forbidden"],
  ["git push && curl x", "forbidden"],
  ["git status | sh -c 'curl x'", "forbidden"],
  ["sudo apt update; (curl x)", "forbidden"],
  ["git status > x", "none"],
  ["git status $(id)", "none"],
  ["A=1 git status", "none"],
  ["git status &", "none"],
  ["git status && ls", "none"],
  ["env ls", "none"],
  ["env", "allow"],
  ["env A=1 npm test", "none"],
  ["sudo ls", "none"],
  ["sudo -u me apt update", "none"],
  ["bash", "allow"],
  ["bash -c ls", "none"],
  ["bash x.sh", "none"],
  ["./git status", "none"],
  ["/tmp/npm test", "none"],
  ["npm", "none"],
  ["if true; then git status; fi", "none"],
])("%s: %s", (script, verdict) => {
  expect(judge(script)).toBe(verdict);
});

test("a command that no shell runs is judged by its own words", () => {
  expect(judgeByRules(["git", "status"], some).kind).toBe("allow");
  expect(judgeByRules(["git", "push"], some)).toMatchObject({ match: { justification: "others see it" } });
});

const strictness: Record<Decision | "none", number> = { allow: 0, none: 1, prompt: 2, forbidden: 3 };
const decision = fc.constantFrom<Decision>("allow", "prompt", "forbidden");
const program = fc.constantFrom("a", "b", "c");
const rule = fc.record({
  program,
  decision,
  rest: fc.array(fc.constantFrom(["x"], ["y"], ["x", "y"]), { maxLength: 2 }),
});
const command = fc.tuple(program, fc.array(fc.constantFrom("x", "y"), { maxLength: 3 })).map(([a, b]) => [a, ...b]);
const setOf = (
  prefixes: readonly { program: string; decision: Decision; rest: readonly (readonly string[])[] }[],
): RuleSet => ({
  prefixes: prefixes.map((each) => ({ ...each, sandboxed: false, anyCase: false, justification: undefined })),
  networks: [],
  executables: new Map(),
});

test("the strictest wins: of several commands, and no further rule but an allow ever loosens", () => {
  fc.assert(
    fc.property(fc.array(rule), fc.array(command, { minLength: 1, maxLength: 4 }), rule, (before, commands, more) => {
      const verdict = (set: RuleSet, lines: string[][]) =>
        strictness[judgeByRules(["bash", "-lc", lines.map((words) => words.join(" ")).join(" && ")], set).kind];
      const set = setOf(before);
      expect(verdict(set, commands)).toBe(Math.max(...commands.map((each) => verdict(set, [each]))));
      const grown = verdict(setOf([...before, more]), commands);
      if (more.decision === "allow") expect(grown === 0 || grown === verdict(set, commands)).toBe(true);
      else expect(grown).toBeGreaterThanOrEqual(verdict(set, commands));
      expect(verdict(setOf(before.toReversed()), commands)).toBe(verdict(set, commands));
    }),
  );
});
