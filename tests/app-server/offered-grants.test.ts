import { expect, test } from "bun:test";
import { mkdir } from "node:fs/promises";
import { model, workspace } from "@codex/scripted-model/testing";
import type { CommandDecision } from "@codex/protocol/approvals";
import type { Params } from "@codex/protocol/methods";
import type { Step } from "../../packages/scripted-model/src/script.ts";
import { startServer } from "../support/in-process.ts";
import { openItems } from "../support/story.ts";

type Scene = {
  answers?: CommandDecision[];
  sandbox?: string;
  start?: Partial<Params<"thread/start">>;
};

/** Commands of one thread beside a folder that its sandbox keeps closed; offers are switched on. */
async function scene(commands: (outside: string) => string[], { answers = [], sandbox = "", start = {} }: Scene) {
  const ws = await workspace();
  const outside = `${ws.root}/outside`;
  await mkdir(`${outside}/deep`, { recursive: true });
  await Bun.write(`${outside}/deep/kept.txt`, "before\n");
  const steps = commands(outside).map((cmd): Step => model.exec(cmd));
  const server = await model.plays([...steps, model.says("Done.")]);
  const config = `sandbox_mode = "workspace-write"\n[sandbox]\noffer_grants = true\n${sandbox}\n`;
  const codex = await startServer({ server, ws, config });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", { approvalPolicy: "on-request", ...start });
  let next = 0;
  client.answers(() => ({ decision: answers[next++] ?? "decline" }));
  const turn = await client.turn(thread.id, "go");
  return {
    outside,
    ws,
    turn,
    told: server.requests.slice(1).map((request) => request.lastOutput() as string),
    heard: client.heard,
    questions: client.questions.map(({ params }) => params as Record<string, unknown>),
    items: client
      .all("item/completed")
      .flatMap(({ item }) => (item.type === "commandExecution" ? [{ ...item, command: "" }] : [])),
    exists: (path: string) => Bun.file(`${outside}/${path}`).exists(),
    async [Symbol.asyncDispose]() {
      await codex.close();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

test("a command that the sandbox stops may run again with exactly the folder that it lacked", async () => {
  await using on = await scene((outside) => [`echo one; echo two > ${outside}/new.txt && cat ${outside}/new.txt`], {
    answers: ["accept"],
  });
  const { outside } = on;
  expect(on.questions).toEqual([
    expect.objectContaining({
      itemId: "call_1",
      approvalId: expect.any(String),
      reason: `The sandbox blocked writing to ${outside}/new.txt. Run the command again with write access to ${outside}?`,
      additionalPermissions: {
        network: null,
        fileSystem: {
          read: null,
          write: [outside],
          entries: [{ path: { type: "path", path: outside }, access: "write" }],
        },
      },
      availableDecisions: ["accept", "acceptForSession", "decline", "cancel"],
    }),
  ]);
  const output = [
    "one",
    `/bin/bash: line 1: ${outside}/new.txt: Read-only file system`,
    `codex: The sandbox stopped this. The user allowed writing to ${outside}, and the command runs again:`,
    "one",
    "two",
    "",
  ].join("\n");
  expect(on.items).toMatchObject([{ id: "call_1", status: "completed", exitCode: 0, aggregatedOutput: output }]);
  expect(on.told[0]).toContain(`Process exited with code 0`);
  expect(on.told[0]?.endsWith(`Output:\n${output}`)).toBe(true);
  const streamed = on.heard.flatMap((event) =>
    event.method === "item/commandExecution/outputDelta" ? [event.params.delta] : [],
  );
  expect(streamed.join("")).toBe(output);
});

test("a file that is there is opened alone, and only for the command; for the session where the user says so", async () => {
  const write = (outside: string) => `echo more >> ${outside}/deep/kept.txt`;
  await using once = await scene((outside) => [write(outside), `touch ${outside}/deep/other`, write(outside)], {
    answers: ["accept", "decline", "decline"],
  });
  expect(once.questions.map(({ additionalPermissions }) => additionalPermissions)).toMatchObject([
    { fileSystem: { write: [`${once.outside}/deep/kept.txt`] } },
    { fileSystem: { write: [`${once.outside}/deep`] } },
    { fileSystem: { write: [`${once.outside}/deep/kept.txt`] } },
  ]);
  expect(await Bun.file(`${once.outside}/deep/kept.txt`).text()).toBe("before\nmore\n");
  expect(await once.exists("deep/other")).toBe(false);
  expect(once.told[1]).toContain(`\ncodex: The user was asked for writing to ${once.outside}/deep, and declined.`);

  await using kept = await scene((outside) => [write(outside), write(outside)], { answers: ["acceptForSession"] });
  expect(kept.questions).toHaveLength(1);
  expect(await Bun.file(`${kept.outside}/deep/kept.txt`).text()).toBe("before\nmore\nmore\n");
});

test("git may be let into .git, and into nothing else that is protected", async () => {
  await using on = await scene(
    () => ["git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x && git log --oneline | wc -l"],
    { answers: ["accept", "accept"] },
  );
  expect(on.questions[0]?.["reason"]).toMatch(/\/project\/\.git\/?.*What is in \.git may be run later/);
  expect(on.told[0]).toMatch(/\n2\n$/);

  await using closed = await scene(
    () => ["mkdir -p .codex; echo x > .codex/config.toml", "echo x > $CODEX_HOME/config.toml", "echo x > ~/.aws/y"],
    { answers: ["accept", "accept", "accept"] },
  );
  expect(closed.questions).toEqual([]);
});

test("where only reading is allowed the same is offered, one thing after the other", async () => {
  await using on = await scene((outside) => [`echo a > made && echo b > ${outside}/made && echo ok`], {
    answers: ["accept", "accept"],
    start: { sandbox: "read-only" },
  });
  expect(on.questions).toMatchObject([
    { additionalPermissions: { fileSystem: { write: [on.ws.path] } } },
    { additionalPermissions: { fileSystem: { write: [on.outside] } } },
  ]);
  expect(on.told[0]).toMatch(/\nok\n$/);
});

const unreachable = "http://host.invalid/";
test("a host is opened alone: others are asked about, and it is no more than that", async () => {
  await using on = await scene(
    () => [
      `curl -sSf ${unreachable}; curl -sS http://other.invalid/ ; echo "net=$CODEX_SANDBOX_NETWORK_DISABLED"; false`,
    ],
    { answers: ["accept", "decline"] },
  );
  expect(on.questions).toMatchObject([
    {
      reason:
        "The sandbox has no network, so the command could not reach host.invalid. Run it again with access to that host alone?",
      networkApprovalContext: { host: "host.invalid", protocol: "http", port: 80 },
    },
    { networkApprovalContext: { host: "other.invalid", protocol: "http", port: 80 } },
  ]);
  expect(on.told[0]).toContain(
    "net=1\ncodex: The sandbox stopped this. The user allowed access to the host host.invalid",
  );
  // The proxy could not resolve the one, and did not let the other through.
  expect(on.told[0]).toMatch(/net=1\n[^]*returned error: 502[^]*Domain not in allowlist[^]*net=\n/);
});

test.each<[string, Scene]>([
  ["where nobody can be asked", { start: { approvalPolicy: "never" } }],
  ["where it is switched off", { sandbox: "", start: { config: { "sandbox.offer_grants": false } } }],
])("nothing is offered %s", async (_name, options) => {
  await using on = await scene((outside) => [`touch ${outside}/x`, `curl -sS ${unreachable}`], options);
  expect(on.questions).toEqual([]);
  expect(on.told[0]).toContain("Read-only file system");
});

test("nothing is offered for what the sandbox does not close, or what is too much", async () => {
  await using on = await scene(
    (outside) => [
      "echo \"touch: cannot touch 'a': Read-only file system\"; false",
      `touch ${outside}/../x`,
      "touch /x",
      "touch /proc/x /sys/x",
      "cat /nothing",
      "curl -sS http://127.0.0.1:9/; curl -sS http://10.0.0.1/",
    ],
    { answers: ["accept", "accept", "accept", "accept", "accept"] },
  );
  expect(on.questions).toEqual([]);
});

test("cancelling ends the turn, and the command's item with what it printed", async () => {
  await using on = await scene((outside) => [`echo first; touch ${outside}/x`], { answers: ["cancel"] });
  expect(on.turn.status).toBe("interrupted");
  expect(on.items).toMatchObject([{ status: "failed", exitCode: 1 }]);
  expect(on.items[0]?.aggregatedOutput).toContain("first\n");
  expect(openItems(on.heard)).toEqual([]);
  expect(await on.exists("x")).toBe(false);
});
