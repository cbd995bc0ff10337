// Rules for commands on the built program: `codex execpolicy check` beside the original, `codex exec` under rules, and a person
// who answers what the engine asks.
import { describe, expect, test } from "bun:test";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import type { Script } from "../packages/scripted-model/src/script.ts";
import { findOriginal } from "./parity/find-original.ts";
import { startServer } from "./support/in-process.ts";

const files = {
  "a.rules": `# what a person may write
prefix_rule(pattern=["git","status"], decision="allow", justification="read only", match=["git status"], not_match=["git push"])
prefix_rule(["git"], "prompt")
prefix_rule(pattern=[["npm","yarn"], "install"], decision="forbidden")
host_executable(name="git", paths=["/usr/bin/git"])
`,
  "b.rules": `prefix_rule(["git"], "forbidden", justification="no")
network_rule("a.com", "https", "deny")
prefix_rule(["/bin/ls"], "prompt")
prefix_rule(["ls"], "allow")
host_executable("ls", ["/bin/ls","/usr/bin/ls"])
prefix_rule(["rm"])
prefix_rule([["b","c"],["d","e"],"f"], "prompt", justification="j\\"q")
prefix_rule(["Curl"], "prompt", canonical_matching=True)
`,
  "made.rules": `def each(names, *more, decision = "allow"):
    for name in names:
        prefix_rule([name] + list(more), decision)

each([tool + "-x" for tool in ["a", "b"] if tool != "b"], "run")
each(("c%d" % n for_ in [0]) if False else ["c%d" % 1], decision = "prompt")
x = {"k": ["d", f"{1 + 1}"]}
if len(x["k"]) == 2 and not ("z" in x): prefix_rule(x["k"], match = [["d", "2", "3"]])
`.replace('("c%d" % n for_ in [0]) if False else ["c%d" % 1]', '["z"] if False else ["c%d" % 1]'),
  "bad.rules": 'prefix_rule(["a"]\n',
  "wrong.rules": 'prefix_rule(["a"], match = ["b"])\n',
};

const checks: string[] = [
  "-r a.rules git status",
  "-r a.rules git status -s",
  "-r a.rules git push",
  "-r a.rules git",
  "-r a.rules gitk",
  "-r a.rules yarn install x",
  "-r a.rules npm",
  "-r a.rules ls",
  "-r a.rules --pretty git status",
  "-r a.rules --pretty ls",
  "--rules a.rules git status",
  "--rules=a.rules git status",
  "-r a.rules -- git status",
  "-r a.rules git --pretty",
  "-r a.rules git -c x -r y",
  "-r a.rules /usr/bin/git status",
  "-r a.rules --resolve-host-executables /usr/bin/git status",
  "-r a.rules --resolve-host-executables /opt/git status",
  "-r a.rules --resolve-host-executables ./git status",
  "-r a.rules -r b.rules git status",
  "-r b.rules -r a.rules git status",
  "-r b.rules /bin/ls",
  "-r b.rules --resolve-host-executables /bin/ls",
  "-r b.rules --resolve-host-executables /usr/bin/ls",
  "-r b.rules --resolve-host-executables /usr/local/bin/ls x",
  "-r b.rules --resolve-host-executables /usr/local/bin/rm x",
  "-r b.rules b e f g",
  "-r b.rules b d f",
  "-r b.rules b e",
  "-r b.rules bash -lc git",
  "-r b.rules rm -rf x",
  "-r b.rules ls --pretty",
  "-r b.rules curl x",
  "-r b.rules CURL",
  "-r b.rules Ls",
  "-r made.rules a-x run now",
  "-r made.rules b-x run",
  "-r made.rules c1",
  "-r made.rules d 2",
  "-r made.rules z",
];

const refused: string[] = [
  "-r bad.rules a",
  "-r wrong.rules a",
  "-r a.rules -r bad.rules a",
  "-r none.rules a",
  "-r a.rules",
  "git status",
];

const original = findOriginal();

describe.skipIf(original === undefined)("execpolicy check beside the original", () => {
  const both = async (line: string) => {
    await using ws = await workspace(files);
    const runs = [undefined, original].map((binary) =>
      codex.exec({ ws, subcommand: ["execpolicy", "check", ...line.split(" ")], ...(binary && { binary }) }),
    );
    const [ours, theirs] = await Promise.all(runs);
    if (!ours || !theirs) throw new Error("two were started");
    return { ours, theirs };
  };

  test.each(checks)("%s", async (line) => {
    const { ours, theirs } = await both(line);
    expect([ours.stdout, ours.exitCode]).toEqual([theirs.stdout, 0]);
  });

  test.each(refused)("%s is refused by both", async (line) => {
    const { ours, theirs } = await both(line);
    expect([ours.stdout, ours.exitCode]).toEqual(["", theirs.exitCode]);
    // The first line names what is wrong alike; the rest of ours shows the place, that of the original its stack.
    const [named = ""] = /failed to (read|parse) policy at \S+/.exec(theirs.stderr) ?? [];
    expect(ours.stderr).toContain(named);
  });
});

describe("execpolicy check", () => {
  const check = async (...words: string[]) => {
    await using ws = await workspace(files);
    return await codex.exec({ ws, subcommand: ["execpolicy", "check", ...words] });
  };

  test.each([
    [["-r", "a.rules", "git", "status"], 10],
    [["-r", "made.rules", "a-x", "run"], 0],
    [["-r", "b.rules", "git"], 11],
    [["-r", "a.rules", "ls"], 12],
    [["-r", "a.rules", "--parse", "ls && $(git status)"], 10],
    [["-r", "b.rules", "--parse", "bash", "-lc", "ls | sh -c 'git x'"], 11],
    [["-r", "b.rules", "--parse", "ls && rm a"], 0],
    [["-r", "b.rules", "--parse", "ls && rm a > x"], 12],
    [["-r", "b.rules", "--parse", "ls", "a b"], 0],
  ])("--exit-code tells the decision: %j is %d", async (words, code) => {
    expect((await check("--exit-code", ...words)).exitCode).toBe(code);
  });

  test("a damaged file is shown at its place", async () => {
    expect((await check("-r", "bad.rules", "a")).stderr).toBe(
      `Error: failed to parse policy at bad.rules
error: Parse error: unexpected new line, expected symbol ')'
 --> bad.rules:1:18
  |
1 | prefix_rule(["a"]
  |                  ^
`,
    );
  });
});

describe("codex exec", () => {
  const run = async (cmd: string, rules: Record<string, string>, args: string[] = [], trust = true) => {
    await using server = await model.plays([model.exec(cmd), model.says("Done.")]);
    await using ws = await workspace();
    for (const [file, text] of Object.entries(rules)) {
      await Bun.write(join(file.startsWith(".codex") ? ws.path : ws.codexHome, file), text);
    }
    // Trust alone would let commands write.
    const readOnly = 'sandbox_mode = "read-only"\n';
    const config = readOnly + (trust ? `[projects.${JSON.stringify(ws.path)}]\ntrust_level = "trusted"\n` : "");
    const ran = await codex.exec({ server, ws, config, args: ["--json", ...args, "go"] });
    return { told: server.requests[1]?.lastOutput() ?? "", made: await ws.exists("made"), ran };
  };
  const allow = { "rules/default.rules": 'prefix_rule(pattern=["touch"], decision="allow")\n' };

  test("an allowed command runs outside the sandbox; with sandbox=True, in it; without a rule, in it", async () => {
    expect((await run("touch made", allow)).made).toBe(true);
    expect((await run("touch made && touch made > /dev/null", allow)).made).toBe(true);
    expect((await run("touch made", {})).made).toBe(false);
    const inside = { "rules/default.rules": 'prefix_rule(["touch"], sandbox=True)\n' };
    expect((await run("touch made", inside)).made).toBe(false);
  });

  test.each(["touch made; true", "A=1 touch made", "touch $(echo made)", "env touch made", "touch made > x"])(
    "%s is not covered by a rule for touch alone",
    async (cmd) => {
      expect((await run(cmd, allow)).made).toBe(false);
    },
  );

  test("what a rule forbids does not run, also without a sandbox", async () => {
    const rules = { "rules/a.rules": 'prefix_rule(["touch"], "forbidden", justification="use mkdir")\n' };
    const { told, made, ran } = await run("ls; (touch made)", rules, ["--dangerously-bypass-approvals-and-sandbox"]);
    expect(told).toBe("`/bin/bash -lc 'ls; (touch made)'` rejected: use mkdir");
    expect([made, ran.exitCode]).toEqual([false, 0]);
  });

  test("nobody can be asked: what a rule makes a question is refused, and a removal by force", async () => {
    const rules = { "rules/a.rules": 'prefix_rule(["touch"], "prompt")\n' };
    expect((await run("touch made", rules)).told).toBe(
      "approval required by policy, but AskForApproval is set to Never",
    );
    const forced = await run("rm -rf x", {}, ["-s", "danger-full-access"]);
    expect(forced.told).toContain("rm -f style commands are not permitted. Use a safer approach");
  });

  test("a project's rules count once it is trusted; --ignore-rules leaves out both", async () => {
    const project = { ".codex/rules/a.rules": 'prefix_rule(["touch"])\n' };
    expect((await run("touch made", project)).made).toBe(true);
    expect((await run("touch made", project, [], false)).made).toBe(false);
    expect((await run("touch made", { ...project, ...allow }, ["--ignore-rules"])).made).toBe(false);
  });

  test("a damaged file allows nothing, is told, and stops everything where it may forbid", async () => {
    const { made, ran } = await run("touch made", { ...allow, "rules/bad.rules": "prefix_rule(" });
    expect(made).toBe(false);
    expect(ran.stdout).toContain("cannot be used: Parse error: unexpected new line, expected expression");
    const stopped = await run("touch made", { ...allow, "rules/bad.rules": 'prefix_rule(["rm"], "forbidden"' });
    expect(stopped.told).toContain("It may forbid commands, so none is run until it is repaired or removed.");
  });
});

describe("a person answers", () => {
  async function scene(steps: Script, approvalPolicy: "on-request" | "untrusted" = "untrusted") {
    const ws = await workspace();
    const server = await model.plays(steps);
    const app = await startServer({ server, ws, config: 'sandbox_mode = "workspace-write"\n' });
    const client = await app.connect();
    const { thread } = await client.ask("thread/start", { approvalPolicy });
    return {
      ws,
      server,
      client,
      asked: () => client.questions.map(({ params }) => params),
      go: () => client.turn(thread.id, "go"),
      [Symbol.asyncDispose]: async () => {
        await app.close();
        await server.close();
        await ws[Symbol.asyncDispose]();
      },
    };
  }

  test("the part that needs approval is named, its rule proposed, and accepted it holds at once", async () => {
    await using on = await scene([
      model.exec("ls | wc -l"),
      model.exec("ls && mkdir one"),
      model.exec("cat none; mkdir one && mkdir one"),
      model.exec("mkdir two"),
      model.says("Done."),
    ]);
    on.client.answers(({ params }) =>
      "proposedExecpolicyAmendment" in params && on.client.questions.length === 1
        ? { decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: params.proposedExecpolicyAmendment } } }
        : { decision: "decline" },
    );
    await on.go();
    const amendment = { acceptWithExecpolicyAmendment: { execpolicy_amendment: ["mkdir", "one"] } };
    expect(on.asked()).toMatchObject([
      {
        reason: "Needs approval: `mkdir one`.",
        proposedExecpolicyAmendment: ["mkdir", "one"],
        availableDecisions: ["accept", "acceptForSession", amendment, "decline", "cancel"],
      },
      { command: "/bin/bash -lc 'mkdir two'", proposedExecpolicyAmendment: ["mkdir", "two"] },
    ]);
    expect(await Bun.file(join(on.ws.codexHome, "rules", "default.rules")).text()).toBe(
      'prefix_rule(pattern=["mkdir", "one"], decision="allow")\n',
    );
    expect([existsSync(join(on.ws.path, "one")), existsSync(join(on.ws.path, "two"))]).toEqual([true, false]);
  });

  test("what destroys is asked about, and nothing else under on-request", async () => {
    await using on = await scene(
      [model.exec("touch a"), model.exec("rm -f a"), model.exec("git reset --hard"), model.says("Done.")],
      "on-request",
    );
    on.client.answers(() => ({ decision: "decline" }));
    await on.go();
    expect(on.asked().map((params) => "reason" in params && params.reason)).toEqual([
      "This command removes files by force.",
      "This command throws away uncommitted changes.",
    ]);
    expect(await on.ws.exists("a")).toBe(true);
    const ends = on.client
      .all("item/completed")
      .flatMap(({ item }) => (item.type === "commandExecution" ? item.status : []));
    expect(ends).toEqual(["completed", "declined", "declined"]);
  });

  test("a rule that cannot be saved is told, and the command runs all the same", async () => {
    await using on = await scene([model.exec("mkdir one"), model.says("Done.")]);
    await Bun.write(join(on.ws.codexHome, "rules"), "in the way");
    chmodSync(join(on.ws.codexHome, "rules"), 0o400);
    const decision = { acceptWithExecpolicyAmendment: { execpolicy_amendment: ["mkdir"] } };
    on.client.answers(() => ({ decision }));
    await on.go();
    expect(existsSync(join(on.ws.path, "one"))).toBe(true);
    expect(on.client.all("warning").map(({ message }) => message)).toEqual([
      expect.stringContaining("The rule was not saved"),
    ]);
  });
});
