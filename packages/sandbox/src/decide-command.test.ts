import { expect, test } from "bun:test";
import type { AskForApproval, SandboxPolicy } from "@codex/protocol/thread";
import { decideCommand, type JudgedCommand } from "./decide-command.ts";
import type { LoadedRules } from "./rules/loaded-rules.ts";
import { sandboxState, type SandboxState } from "./sandbox-state.ts";
import { noRules } from "./rules/rule.ts";
import { readRules } from "./rules/read-rules.ts";

const granular = (sandbox_approval: boolean, rules: boolean): AskForApproval => ({
  granular: { sandbox_approval, rules, skill_approval: true, request_permissions: true, mcp_elicitations: true },
});
/** The columns of the table. */
const policies = {
  untrusted: "untrusted",
  request: "on-request",
  never: "never",
  all: granular(true, true),
  none: granular(false, false),
} as const satisfies Record<string, AskForApproval>;

function rules(source: string, damaged: LoadedRules["damaged"] = []): LoadedRules {
  const read = readRules(source, "/home/me");
  if (!read.ok) throw new Error(read.error.message);
  return { rules: read.value, damaged };
}

const some = rules(`
prefix_rule(["npm"])
prefix_rule(["make"], sandbox = True)
prefix_rule(["git", "push"], "prompt", justification = "others see it")
prefix_rule(["curl"], "forbidden", justification = "no network")
prefix_rule(["rm", "-f", "scratch"])
`);

type Case = Partial<Omit<JudgedCommand, "approvalPolicy">>;

const decide = (script: string, approvalPolicy: AskForApproval, more: Case = {}) =>
  decideCommand({
    argv: ["/bin/bash", "-lc", script],
    escalated: false,
    justification: undefined,
    prefixRule: undefined,
    approvalPolicy,
    sandbox: "holds",
    approved: false,
    rules: some,
    ...more,
  });

const shortly = (verdict: ReturnType<typeof decideCommand>): string =>
  verdict.kind === "refuse" ? "refuse" : verdict.outside ? `${verdict.kind} outside` : verdict.kind;

const out = { escalated: true };
const open = { sandbox: "off" } as const;
/** As on native Windows: the policy asks for a sandbox, and there is none. */
const bare = { sandbox: "missing" } as const;

/** untrusted, on-request, never, granular with everything, granular with nothing. */
test.each<[string, Case, string[]]>([
  ["sleep 1", {}, ["ask", "run", "run", "run", "run"]],
  ["ls | wc -l", {}, ["run", "run", "run", "run", "run"]],
  ["ls > x", {}, ["ask", "run", "run", "run", "run"]],
  ["rm -rf x", {}, ["ask", "ask", "refuse", "ask", "refuse"]],
  ["echo $(rm -rf x)", {}, ["ask", "ask", "refuse", "ask", "refuse"]],
  ["git reset --hard", {}, ["ask", "ask", "run", "ask", "run"]],
  ["sleep 1", out, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["rm -rf x", out, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["git push", {}, ["ask", "ask", "refuse", "ask", "refuse"]],
  ["git push", out, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["npm ci && curl x", {}, ["refuse", "refuse", "refuse", "refuse", "refuse"]],
  ["curl x", out, ["refuse", "refuse", "refuse", "refuse", "refuse"]],
  ["curl x", { approved: true }, ["refuse", "refuse", "refuse", "refuse", "refuse"]],
  ["npm ci && npm test", {}, ["run outside", "run outside", "run outside", "run outside", "run outside"]],
  ["npm ci > /dev/null", out, ["run outside", "run outside", "run outside", "run outside", "run outside"]],
  ["npm ci && sleep 1", {}, ["ask", "run", "run", "run", "run"]],
  ["rm -f scratch", {}, ["run outside", "run outside", "run outside", "run outside", "run outside"]],
  ["npm ci && ls", {}, ["run", "run", "run", "run", "run"]],
  ["make", {}, ["run", "run", "run", "run", "run"]],
  ["make && npm ci", {}, ["run", "run", "run", "run", "run"]],
  ["make", out, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["sleep 1", { approved: true }, ["run", "run", "run", "run", "run"]],
  ["sleep 1", { ...out, approved: true }, Array.from({ length: 5 }, () => "run outside")],
  // Where something must not be read, a rule allows and keeps inside.
  ["npm ci", { hidden: true }, ["run", "run", "run", "run", "run"]],
  ["npm ci", { ...out, hidden: true }, Array.from({ length: 5 }, () => "run outside")],
  // Without a sandbox nothing is known to be harmless.
  ["ls", open, ["ask", "run", "run", "run", "run"]],
  ["rm -rf x", open, ["ask", "ask", "refuse", "ask", "refuse"]],
  ["sleep 1", { ...open, ...out }, ["ask outside", "run outside", "refuse", "run outside", "refuse"]],
  // Without a sandbox that there should be, only what is known to read runs unasked.
  ["ls | wc -l", bare, Array.from({ length: 5 }, () => "run outside")],
  ["sleep 1", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["ls > x", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["git reset --hard", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["rm -rf x", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["git push", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["sleep 1", { ...bare, ...out }, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["npm ci && ls", bare, Array.from({ length: 5 }, () => "run outside")],
  ["curl x", bare, ["refuse", "refuse", "refuse", "refuse", "refuse"]],
  ["make", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["make && ls", bare, ["ask outside", "ask outside", "refuse", "ask outside", "refuse"]],
  ["sleep 1", { ...bare, approved: true }, Array.from({ length: 5 }, () => "run outside")],
  [`${"env ".repeat(30)}ls`, {}, ["ask", "ask", "refuse", "ask", "refuse"]],
])("%j %j", (script, more, expected) => {
  expect(Object.values(policies).map((policy) => shortly(decide(script, policy, more)))).toEqual(expected);
});

test.each<[SandboxPolicy["type"], NodeJS.Platform, SandboxState]>([
  ["readOnly", "linux", "holds"],
  ["workspaceWrite", "darwin", "holds"],
  ["readOnly", "win32", "missing"],
  ["workspaceWrite", "win32", "missing"],
  ["externalSandbox", "win32", "holds"],
  ["dangerFullAccess", "win32", "off"],
  ["dangerFullAccess", "linux", "off"],
])("%s on %s: the sandbox %s", (policy, platform, expected) => {
  expect(sandboxState(policy, platform)).toBe(expected);
});

test("on native Windows the command of its shell is not known to read", () => {
  for (const argv of [
    ["powershell.exe", "-NoProfile", "-Command", "Get-ChildItem"],
    ["cmd.exe", "/c", "dir"],
  ]) {
    expect(shortly(decide("", "on-request", { ...bare, argv }))).toBe("ask outside");
    expect(decide("", "never", { ...bare, argv })).toEqual({
      kind: "refuse",
      message:
        "there is no sandbox on native Windows and nobody can be asked, so only commands that are known to read, or that rules allow, are run",
    });
  }
});

/** What the model reads. */
test.each<[string, Case, string]>([
  [
    "sleep 1",
    out,
    "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never",
  ],
  ["git push", {}, "approval required by policy, but AskForApproval is set to Never"],
  ["curl x", {}, "`/bin/bash -lc 'curl x'` rejected: no network"],
  ["rm -rf x", {}, "`/bin/bash -lc 'rm -rf x'` rejected: rm -f style commands are not permitted. Use a safer approach"],
])("%j %j is refused with a sentence", (script, more, message) => {
  expect(decide(script, "never", more)).toEqual({ kind: "refuse", message });
});

test("what only a person may approve is not put to a reviewer", () => {
  const [prompt] = rules('prefix_rule(["ls"], "prompt")').rules.prefixes;
  if (prompt === undefined) throw new Error("one rule was read");
  const forPerson = { rules: { ...noRules, prefixes: [{ ...prompt, managed: true, forPerson: true }] }, damaged: [] };
  expect(shortly(decide("ls", "on-request", { rules: forPerson }))).toBe("ask");
  expect(decide("ls", "on-request", { rules: forPerson, reviewed: true })).toMatchObject({
    kind: "refuse",
    message: expect.stringContaining("only a person"),
  });
});

test("a rule without a reason tells its words", () => {
  const verdict = decide("wget x", "never", { rules: rules('prefix_rule(["wget"], "forbidden")') });
  expect(verdict).toMatchObject({ message: expect.stringContaining("policy forbids commands starting with `wget`") });
});

/** What the person reads, and the rule that is proposed. */
test.each<[string, Case, string | undefined, string[] | undefined]>([
  ["sleep 1", {}, undefined, ["sleep", "1"]],
  ["sleep 1", { ...out, justification: "May I?", prefixRule: ["sleep"] }, "May I?", ["sleep"]],
  ["cd src && npm ci && sleep 1", {}, "Needs approval: `sleep 1`.", ["sleep", "1"]],
  [
    "cd src && sleep 1",
    { ...out, justification: "May I?", prefixRule: ["sleep"] },
    "May I? Needs approval: `cd src`, `sleep 1`.",
    ["cd", "src"],
  ],
  ["sleep 1 | tee x", {}, "Needs approval: `sleep 1`, `tee x`.", ["sleep", "1"]],
  ["python3 -c 1", { ...out, prefixRule: ["python3", "-c"] }, undefined, ["python3", "-c", "1"]],
  ["python3", { ...out, prefixRule: ["python3"] }, undefined, undefined],
  ["bash", out, undefined, undefined],
  ["sleep 1", { ...out, prefixRule: ["other"] }, undefined, ["sleep", "1"]],
  ["sleep $(id)", { ...out, prefixRule: ["sleep"] }, undefined, undefined],
  ["rm -rf x", {}, "This command removes files by force.", undefined],
  ["git reset --hard", {}, "This command throws away uncommitted changes.", undefined],
  ["ls && git push origin", {}, "`git push origin` requires approval: others see it", undefined],
])("%j %j asks", (script, more, reason, amendment) => {
  const policy = more.escalated === true || reason?.startsWith("This") ? "on-request" : "untrusted";
  expect(decide(script, policy, more)).toMatchObject({ kind: "ask", reason, amendment });
});

test("a damaged file never widens: what others allow does not count, and what may be forbidden stops everything", () => {
  const damage = { file: "/r/a.rules", message: "Parse error", place: undefined, forbids: false };
  const damaged = { rules: some.rules, damaged: [damage] };
  expect(shortly(decide("npm ci", "never", { rules: damaged }))).toBe("run");
  expect(shortly(decide("npm ci", "untrusted", { rules: damaged }))).toBe("ask");
  expect(shortly(decide("curl x", "never", { rules: damaged }))).toBe("refuse");
  const forbidding = { rules: some.rules, damaged: [{ ...damage, forbids: true }] };
  expect(decide("ls", "never", { rules: forbidding, approved: true })).toEqual({
    kind: "refuse",
    message:
      "The rules of /r/a.rules cannot be used: Parse error. It may forbid commands, so none is run until it is repaired or removed.",
  });
});
