import { afterEach, describe, expect, test } from "bun:test";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Launcher } from "@codex/sandbox/launcher";
import { membersOf } from "@codex/platform/process-tree";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { plain, sessionId, toolBench } from "./tool-bench.test-support.ts";

const benches: ReturnType<typeof toolBench>[] = [];
function bench(...args: Parameters<typeof toolBench>) {
  const made = toolBench(...args);
  benches.push(made);
  return made;
}
afterEach(async () => {
  for (const { sessions, cwd } of benches.splice(0)) {
    await sessions.close();
    rmSync(cwd, { recursive: true, force: true });
  }
});

describe("what the model reads", () => {
  test.each([
    ["echo hi; exit 3", "Process exited with code 3\nOriginal token count: 1\nOutput:\nhi\n"],
    ["printf 'a\\0b\\377'", "Process exited with code 0\nOriginal token count: 1\nOutput:\na\0b\uFFFD"],
    ["kill -9 $$", "Process exited with code 137\nOriginal token count: 0\nOutput:\n"],
    ["cat; tty", "Process exited with code 1\nOriginal token count: 3\nOutput:\nnot a tty\n"],
    ["", "Process exited with code 0\nOriginal token count: 0\nOutput:\n"],
  ])("%s", async (cmd, text) => {
    expect(plain(await bench().exec({ cmd }))).toBe(text);
  });

  test("the whole form", async () => {
    const { forModel } = await bench().exec({ cmd: "true" });
    expect(forModel).toMatch(
      /^Chunk ID: [0-9a-f]{6}\nWall time: 0\.\d{4} seconds\nProcess exited with code 0\nOriginal token count: 0\nOutput:\n$/,
    );
  });

  test("a long output is cut in the middle, and is whole in a file", async () => {
    const { exec, spoolFolder, completed, sessions } = bench();
    const { forModel } = await exec({ cmd: "seq 300000", max_output_tokens: 20 });
    const [file = ""] = readdirSync(spoolFolder);
    const path = join(spoolFolder, file);
    expect(forModel).toContain(
      `Warning: truncated output (original token count: 497224)\n... 940319 bytes omitted ... (the whole output is in ${path})\n\n1\n2\n`,
    );
    expect(readFileSync(path, "utf8")).toBe(Array.from({ length: 300_000 }, (_, i) => `${i + 1}\n`).join(""));
    expect(completed()[0]?.aggregatedOutput).toContain("\n... 940319 bytes omitted ...");
    await sessions.close();
    expect(readdirSync(spoolFolder)).toEqual([]);
  });
});

describe("items", () => {
  test("started, shown as it comes, completed", async () => {
    const { exec, events, cwd, contextOf } = bench();
    await exec({ cmd: "echo é" }, contextOf({ callId: "call" }));
    const times = { startedAtMs: expect.any(Number) };
    const item = {
      type: "commandExecution",
      id: "call",
      command: "/bin/bash -c echo é",
      cwd,
      processId: expect.stringMatching(/^\d{4,6}$/),
      source: "unifiedExecStartup",
      commandActions: [{ type: "unknown", command: "echo é" }],
      pluginId: null,
      scriptPath: null,
      ...times,
    };
    const at = { threadId: expect.any(String), turnId: "turn" };
    const unfinished = {
      completedAtMs: null,
      status: "inProgress",
      aggregatedOutput: null,
      exitCode: null,
      durationMs: null,
    };
    const end = { status: "completed", aggregatedOutput: "é\n", exitCode: 0, durationMs: expect.any(Number) };
    expect(events).toEqual([
      { method: "item/started", params: { item: { ...item, ...unfinished }, ...at, ...times } },
      { method: "item/commandExecution/outputDelta", params: { ...at, itemId: "call", delta: "é\n" } },
      {
        method: "item/completed",
        params: {
          item: { ...item, ...end, completedAtMs: expect.any(Number) },
          ...at,
          contentTokenCount: null,
          completedAtMs: expect.any(Number),
        },
      },
    ] as never);
  });

  test("a command that outlives its call completes when it ends", async () => {
    const { exec, type, completed, streamed } = bench();
    const running = await exec({ cmd: "echo one; sleep 0.5; echo two", yield_time_ms: 1 });
    expect(plain(running)).toBe("Process running with session ID N\nOriginal token count: 1\nOutput:\none\n");
    expect(completed()).toEqual([]);
    const ended = await type({ session_id: sessionId(running) });
    expect(plain(ended)).toBe("Process exited with code 0\nOriginal token count: 1\nOutput:\ntwo\n");
    expect(completed()).toMatchObject([{ aggregatedOutput: "one\ntwo\n", status: "completed", exitCode: 0 }]);
    expect(streamed()).toBe("one\ntwo\n");
    expect((await type({ session_id: sessionId(running) })).forModel).toStartWith(
      "write_stdin failed: Unknown process",
    );
  });
});

describe("failures are sentences", () => {
  test("a directory that is not there", async () => {
    const { exec, cwd, completed, prepared } = bench();
    expect(await exec({ cmd: "true", workdir: "nope" })).toEqual({
      ok: false,
      forModel: `exec_command failed: the working directory ${join(cwd, "nope")} is not a directory`,
    });
    expect(completed()).toMatchObject([{ status: "failed", exitCode: -1, source: "unifiedExecStartup" }]);
    expect(prepared).toEqual([]);
  });

  test("a sandbox that cannot be made", async () => {
    const launcher = { prepare: async () => err(fail("internal", "no namespaces")) };
    const { exec, completed } = bench({ launcher });
    expect((await exec({ cmd: "true" })).forModel).toMatch(/^exec_command failed: .*no namespaces$/);
    expect(completed()).toMatchObject([{ status: "failed", exitCode: -1 }]);
  });

  test("a shell that cannot be started", async () => {
    const shell = { path: "/etc/hostname", allowLogin: false, find: () => undefined };
    const { exec, disposed, cwd } = bench({ shell });
    expect((await exec({ cmd: "true" })).forModel).toStartWith(
      `exec_command failed: /etc/hostname could not be started in ${cwd}: `,
    );
    expect(disposed()).toBe(1);
  });

  test("a justification without a request", async () => {
    const { exec, events } = bench();
    expect((await exec({ cmd: "true", justification: "?" })).forModel).toContain("require_escalated");
    expect(events).toEqual([]);
  });
});

describe("the command's place", () => {
  test("workdir is relative to the thread's", async () => {
    const { exec, cwd } = bench();
    mkdirSync(join(cwd, "sub"));
    expect(plain(await exec({ cmd: "pwd", workdir: "sub" }))).toEndWith(`Output:\n${cwd}/sub\n`);
  });

  test("the launcher gets the policy and the roots, and its leftovers are disposed of once", async () => {
    const { exec, contextOf, prepared, disposed, cwd } = bench();
    await exec({ cmd: "true", tty: true }, contextOf({ sandboxPolicy: { type: "readOnly", networkAccess: false } }));
    expect(prepared).toMatchObject([
      {
        command: { argv: ["/bin/bash", "-c", "true"], cwd, tty: true },
        session: { policy: { type: "readOnly" }, workspaceRoots: [cwd] },
      },
    ]);
    expect(disposed()).toBe(1);
  });

  test("a notice of the launcher is passed on", async () => {
    const launcher: Launcher = {
      prepare: async (command) =>
        ok({ ...command, fds: [], takesTerminal: false, contained: true, notice: "no /proc", dispose: () => {} }),
    };
    const { exec, notices } = bench({ launcher });
    await exec({ cmd: "true" });
    expect(notices).toEqual(["no /proc"]);
  });

  test("a patch is applied by us, not by the shell", async () => {
    const patches: [string, string][] = [];
    const applyPatch = async (patch: string, { cwd }: { cwd: string }) => {
      patches.push([patch, cwd]);
      return { ok: true, forModel: "Exit code: 0\n" };
    };
    const { exec, cwd, prepared } = bench({ applyPatch });
    const patch = "*** Begin Patch\n*** Add File: a\n+1\n*** End Patch";
    const { forModel } = await exec({ cmd: `cd sub && apply_patch <<'EOF'\n${patch}\nEOF\n` });
    expect(forModel).toBe("Wall time: 0.0000 seconds\nOutput:\nExit code: 0\n");
    expect(patches).toEqual([[patch, join(cwd, "sub")]]);
    expect(prepared).toEqual([]);
  });
});

describe("approvals", () => {
  const escalated = {
    cmd: "echo out",
    sandbox_permissions: "require_escalated",
    justification: "May I?",
    prefix_rule: ["echo"],
  };
  const onRequest = {
    approvalPolicy: "on-request",
    sandboxPolicy: { type: "readOnly", networkAccess: false },
  } as const;

  test("under never there is no asking", async () => {
    const { exec, events } = bench();
    expect((await exec(escalated)).forModel).toBe(
      "approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never",
    );
    expect(events).toEqual([]);
  });

  test("accepted: asked first, then run outside the sandbox", async () => {
    const { exec, contextOf, events, asked, prepared, cwd } = bench();
    expect(plain(await exec(escalated, contextOf({ ...onRequest, callId: "c" }, "accept")))).toEndWith("\nout\n");
    expect(asked).toEqual([
      {
        kind: "command",
        threadId: expect.any(String),
        turnId: "turn",
        itemId: "c",
        startedAtMs: expect.any(Number),
        environmentId: "local",
        reason: "May I?",
        command: "/bin/bash -c echo out",
        cwd,
        commandActions: [{ type: "unknown", command: "echo out" }],
        proposedExecpolicyAmendment: ["echo"],
        availableDecisions: [
          "accept",
          "acceptForSession",
          { acceptWithExecpolicyAmendment: { execpolicy_amendment: ["echo"] } },
          "decline",
          "cancel",
        ],
      },
    ] as never);
    expect(prepared[0]?.session.policy).toEqual({ type: "dangerFullAccess" });
    expect(events.map(({ method }) => method)).toEqual([
      "item/started",
      "item/commandExecution/outputDelta",
      "item/completed",
    ]);
    expect(events[0]?.params).toMatchObject({ item: { source: "agent", processId: null } });
    expect(events[2]?.params).toMatchObject({ item: { source: "unifiedExecStartup", processId: expect.any(String) } });
  });

  test("accepted for the session: the same command is not asked about again, another is", async () => {
    const { exec, contextOf, asked } = bench();
    await exec(escalated, contextOf(onRequest, "acceptForSession"));
    await exec(escalated, contextOf(onRequest));
    expect(asked).toHaveLength(1);
    await exec({ ...escalated, cmd: "echo other" }, contextOf(onRequest, "accept"));
    expect(asked).toHaveLength(2);
  });

  test.each(["decline", "cancel"] as const)("%s: nothing runs", async (decision) => {
    const { exec, contextOf, completed, prepared } = bench();
    expect(await exec(escalated, contextOf(onRequest, decision))).toEqual({ ok: false, forModel: "rejected by user" });
    expect(completed()).toMatchObject([{ status: "declined", source: "agent", processId: null, exitCode: null }]);
    expect(prepared).toEqual([]);
  });

  test("an interrupt while the question is open declines the item", async () => {
    const { exec, contextOf, completed } = bench();
    expect(exec(escalated, contextOf(onRequest))).rejects.toThrow("nobody answers");
    expect(completed()).toMatchObject([{ status: "declined" }]);
  });

  test("under untrusted what is not known to be harmless asks first, and both stay in the sandbox", async () => {
    const { exec, contextOf, asked, prepared } = bench();
    const untrusted = { ...onRequest, approvalPolicy: "untrusted" } as const;
    await exec({ cmd: "true && ls" }, contextOf(untrusted));
    expect(asked).toEqual([]);
    await exec({ cmd: "sleep 0" }, contextOf(untrusted, "accept"));
    expect(asked).toHaveLength(1);
    expect(prepared.map(({ session }) => session.policy.type)).toEqual(["readOnly", "readOnly"]);
  });

  test("a rule accepted for good holds at once, and for the next command", async () => {
    const { exec, contextOf, asked, prepared, cwd } = bench();
    const amendment = { acceptWithExecpolicyAmendment: { execpolicy_amendment: ["echo"] } };
    await exec(escalated, contextOf(onRequest, amendment));
    await exec({ ...escalated, cmd: "echo other" }, contextOf(onRequest));
    await exec({ cmd: "echo x && true" }, contextOf(onRequest));
    expect(asked).toHaveLength(1);
    expect(prepared.map(({ session }) => session.policy.type)).toEqual([
      "dangerFullAccess",
      "dangerFullAccess",
      "readOnly",
    ]);
    expect(await Bun.file(join(cwd, "rules", "default.rules")).text()).toBe(
      'prefix_rule(pattern=["echo"], decision="allow")\n',
    );
  });

  test("rules decide, also against what was approved before; a damaged file stops what it may forbid", async () => {
    const { exec, contextOf, cwd, prepared, notices } = bench();
    const rules = join(cwd, "rules", "a.rules");
    await exec(escalated, contextOf(onRequest, "acceptForSession"));
    await Bun.write(rules, 'prefix_rule(["echo"], "forbidden", justification = "use printf")');
    expect((await exec(escalated, contextOf(onRequest))).forModel).toBe(
      "`/bin/bash -c 'echo out'` rejected: use printf",
    );
    await Bun.write(rules, 'prefix_rule(["echo"], "forbidden"');
    expect((await exec({ cmd: "true" }, contextOf(onRequest))).forModel).toContain(`The rules of ${rules}:1:34 cannot`);
    expect(notices).toEqual([expect.stringContaining("It may forbid commands, so none is run")]);
    expect(prepared).toHaveLength(1);
  });

  test("a prefix that would allow everything is not proposed", async () => {
    const { exec, contextOf, asked } = bench();
    const python = { ...escalated, cmd: "python3 -c 1", prefix_rule: ["python3", "-c"] };
    await exec(python, contextOf(onRequest, "accept"));
    expect(asked[0]?.proposedExecpolicyAmendment).toEqual(["python3", "-c", "1"]);
    await exec({ ...python, cmd: "echo $HOME" }, contextOf(onRequest, "accept"));
    expect(asked[1]?.availableDecisions).toEqual(["accept", "acceptForSession", "decline", "cancel"]);
    expect(asked[1]?.proposedExecpolicyAmendment).toBeUndefined();
  });
});

describe("the end of things", () => {
  test("an interrupt ends the command and its children", async () => {
    const { exec, contextOf, completed, threadId } = bench();
    const turn = new AbortController();
    const outcome = exec({ cmd: "sleep 100 & sleep 100" }, contextOf({ signal: turn.signal }));
    await Bun.sleep(50);
    turn.abort();
    expect((await outcome).forModel).toMatch(/^Wall time: 0\.\d seconds\naborted by user$/);
    expect(completed()).toMatchObject([{ status: "failed", exitCode: 143 }]);
    expect(membersOf({ leader: undefined, mark: { CODEX_THREAD_ID: threadId } })).toEqual([]);
  });

  test("the thread's end ends what is left, daemons too, and every item is completed once", async () => {
    const { exec, sessions, completed, threadId } = bench();
    await exec({ cmd: "(setsid setsid sleep 100 &)" });
    await exec({ cmd: "sleep 100", yield_time_ms: 250 });
    await exec({ cmd: "exec sleep 100", tty: true, yield_time_ms: 250 });
    const mark = { CODEX_THREAD_ID: threadId };
    expect(membersOf({ leader: undefined, mark }).length).toBeGreaterThanOrEqual(3);
    await sessions.close();
    expect(membersOf({ leader: undefined, mark })).toEqual([]);
    expect(completed().map(({ status }) => status)).toEqual(["completed", "failed", "failed"]);
  });

  test("fifty commands side by side", async () => {
    const { exec } = bench();
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => exec({ cmd: `echo ${i}` })));
    expect(outcomes.map((outcome) => plain(outcome).split("Output:\n")[1])).toEqual(
      Array.from({ length: 50 }, (_, i) => `${i}\n`),
    );
  });

  test("room is made for new sessions: the one used least recently ends", async () => {
    const { exec, type, completed } = bench();
    const start = () => exec({ cmd: "exec sleep 100", yield_time_ms: 250 });
    const first = await start();
    const second = await start();
    await type({ session_id: sessionId(first), chars: "x" });
    await Promise.all(Array.from({ length: 63 }, start));
    expect((await type({ session_id: sessionId(second), chars: "x" })).forModel).toContain("Unknown process id");
    expect((await type({ session_id: sessionId(first), chars: "x" })).forModel).toContain("stdin is closed");
    expect(completed().length).toBeLessThanOrEqual(1);
  });
});
