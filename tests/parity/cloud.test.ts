// The tasks of the cloud: the same commands with both programs against the same played service.
import { describe, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { codex } from "@codex/scripted-model/testing";
import { storedLogin } from "../support/chatgpt-service.ts";
import { taskService } from "../support/task-service.ts";
import { hasOriginal, playBoth, type Scene, type Table } from "./play-scenes.ts";

type Step = { args: string[]; env?: Record<string, string>; stdin?: string };

/** Takes the steps one after the other, in a checkout that is clean before each, and tells all that can be seen. */
const play =
  (steps: Record<string, Step>) =>
  async ({ binary, ws }: Table): Promise<Record<string, unknown>> => {
    await using service = await taskService();
    await ws.git("remote", "add", "origin", "git@github.com:me/repo.git");
    const seen: Record<string, unknown> = {};
    for (const [name, { args, env = {}, stdin }] of Object.entries(steps)) {
      // renewed each time, since a refused refresh would be remembered
      await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedLogin(4000)));
      const run = await codex.exec({
        binary,
        ws,
        subcommand: args,
        config: "",
        env: { ...service.env, TZ: "UTC", RUST_BACKTRACE: "0", ...env },
        ...(stdin === undefined ? {} : { stdin }),
      });
      seen[`${name}: end`] = [run.exitCode, run.stdout];
      seen[`${name}: error`] = run.stderr.replaceAll(/^WARNING: proceeding.*\n/gm, "");
      seen[`${name}: requests`] = service.requests
        .splice(0)
        .map(({ method, url, headers, body }) => [method, url, told(headers), body]);
      seen[`${name}: files`] = [await ws.git("status", "--short"), readdirSync(ws.path).sort()];
      await ws.git("reset", "-q", "--hard");
      await ws.git("clean", "-fdq");
    }
    return seen;
  };

/** Without what every HTTP client adds as it likes, and what is different in each token. */
function told(headers: Record<string, string>): Record<string, string> {
  const { accept: _1, "accept-encoding": _2, connection: _3, host: _4, "content-length": _5, ...rest } = headers;
  return { ...rest, authorization: headers["authorization"]?.replace(/eyJ[\w.-]+/, "<jwt>") ?? "none" };
}

const noLog = "No log is written into the current folder.";
const oneGet = "A task is asked for once, and its other attempts only where one of them is wanted.";
const sentence = "The error is a sentence that says what to do.";
const named = "The requests for environments name the command that makes them, too.";
const listsFiles = "The files that were changed are counted and listed.";
const renews = "A refused token is refreshed once, as in a conversation.";

const files = { "a.txt": "one\n" };

const scenes: Scene[] = [
  {
    name: "list",
    files,
    play: play({
      text: { args: ["cloud", "list"] },
      json: { args: ["cloud-tasks", "list", "--json", "--limit", "2", "--cursor", "a b="] },
      label: { args: ["cloud", "list", "--env", "ME/repo", "--cursor", "c"] },
      unknown: { args: ["cloud", "list", "--env", "nope"] },
      twice: { args: ["cloud", "list", "--env", "twice"] },
    }),
    differs: {
      "text: files": noLog,
      "json: files": noLog,
      "label: files": noLog,
      "unknown: files": noLog,
      "twice: files": noLog,
      "label: requests": named,
      "unknown: requests": named,
      "twice: requests": named,
      "unknown: error": "The environments that there are stand in the error.",
      "twice: error": "The environments that are meant stand in the error.",
    },
  },
  {
    name: "status",
    files,
    play: play({
      ready: { args: ["cloud", "status", "https://chatgpt.com/codex/tasks/ready?x#y"] },
      pending: { args: ["cloud", "status", "pending"] },
      failed: { args: ["cloud", "status", "failed"] },
      missing: { args: ["cloud", "status", "missing"] },
      expired: { args: ["cloud", "status", "expired"] },
    }),
    differs: {
      "ready: files": noLog,
      "pending: files": noLog,
      "failed: files": noLog,
      "missing: files": noLog,
      "missing: error": sentence,
      "expired: files": noLog,
      "expired: error": sentence,
      "expired: requests": renews,
    },
  },
  {
    name: "diff and apply",
    files,
    play: play({
      diff: { args: ["cloud", "diff", "ready"] },
      second: { args: ["cloud", "diff", "ready", "--attempt", "2"] },
      third: { args: ["cloud", "diff", "ready", "--attempt", "3"] },
      none: { args: ["cloud", "diff", "nodiff"] },
      plain: { args: ["cloud", "diff", "plain"] },
      apply: { args: ["cloud", "apply", "two"] },
      other: { args: ["cloud", "apply", "other"] },
    }),
    differs: {
      "diff: files": noLog,
      "diff: requests": oneGet,
      "second: files": noLog,
      "second: requests": oneGet,
      "third: files": noLog,
      "third: requests": oneGet,
      "none: files": noLog,
      "none: requests": oneGet,
      "plain: files": noLog,
      "plain: requests": oneGet,
      "apply: end": listsFiles,
      "apply: files": noLog,
      "apply: requests": oneGet,
      "other: error": "What git says of a diff that does not fit is shown.",
      "other: files": noLog,
      "other: requests": oneGet,
    },
  },
  {
    name: "exec",
    files,
    play: play({
      id: { args: ["cloud", "exec", "--env", "env-1", "do it"] },
      attempts: { args: ["cloud", "exec", "--env", "ME/REPO", "--attempts", "3", "--branch", "dev", "do it"] },
      piped: {
        args: ["cloud", "exec", "--env", "env-1"],
        stdin: "do\nit\n",
        env: { CODEX_STARTING_DIFF: "diff --git a/x b/x\n" },
      },
      empty: { args: ["cloud", "exec", "--env", "env-1"], stdin: " " },
    }),
    differs: {
      "id: files": noLog,
      "id: requests": named,
      "attempts: files": noLog,
      "attempts: requests": named,
      "piped: files": noLog,
      "piped: requests": named,
      "empty: files": noLog,
    },
  },
  {
    name: "where a task begins without a branch",
    files,
    play: async ({ binary, ws }) => {
      await using service = await taskService();
      await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedLogin(4000)));
      const begin = async (): Promise<unknown> => {
        const subcommand = ["cloud", "exec", "--env", "env-1", "do it"];
        await codex.exec({ binary, ws, subcommand, config: "", env: service.env });
        return JSON.parse(service.requests.at(-1)?.body ?? "null");
      };
      await ws.git("checkout", "-q", "--detach");
      await ws.git("branch", "-m", "main", "master");
      const local = await begin();
      await ws.git("remote", "add", "origin", "/nowhere");
      await ws.git("update-ref", "refs/remotes/origin/trunk", "HEAD");
      await ws.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
      return { local, remote: await begin() };
    },
  },
  {
    name: "the other apply",
    files,
    play: play({
      apply: { args: ["apply", "two"] },
      alias: { args: ["a", "ready"] },
      none: { args: ["apply", "nodiff"] },
      plain: { args: ["apply", "plain"] },
      other: { args: ["apply", "other"] },
      missing: { args: ["apply", "missing"] },
      base: { args: ["apply", "ready", "-c", 'chatgpt_base_url="https://chatgpt.com/elsewhere/"'] },
      page: { args: ["apply", "page"] },
    }),
    differs: {
      "apply: end": listsFiles,
      "alias: end": listsFiles,
      "plain: end": "A diff that is no pull request is applied as well.",
      "plain: error": "A diff that is no pull request is applied as well.",
      "plain: files": "A diff that is no pull request is applied as well.",
      "page: error": sentence,
    },
  },
  {
    name: "whom it serves",
    play: async ({ binary, ws }) => {
      const run = async (args: string[], env: Record<string, string> = {}) => {
        const { exitCode, stdout, stderr } = await codex.exec({ binary, ws, subcommand: args, config: "", env });
        return { exitCode, stdout, first: stderr.replace(/^WARNING: proceeding.*\n/m, "").split("\n")[0] };
      };
      const nobody = await run(["cloud", "list"]);
      await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify({ OPENAI_API_KEY: "sk-1" }));
      const key = await run(["cloud", "list"]);
      const applyKey = await run(["apply", "x"]);
      await Bun.write(join(ws.codexHome, "auth.json"), JSON.stringify(storedLogin(4000)));
      const elsewhere = ["http://127.0.0.1:9/x", "https://foo.chatgpt.com/backend-api", "https://chatgpt.com:8443/x"];
      const refused = await Promise.all(
        elsewhere.map(async (base) => {
          const { exitCode, stdout, first = "" } = await run(["cloud", "list"], { CODEX_CLOUD_TASKS_BASE_URL: base });
          return [exitCode, stdout, first.includes("custom backends cannot use saved ChatGPT credentials")];
        }),
      );
      const limits = [await run(["cloud", "list", "--limit", "21"]), await run(["cloud", "exec", "x"])];
      return {
        nobody,
        key: key.exitCode,
        applyKey: applyKey.exitCode,
        refused,
        limits: limits.map((end) => end.exitCode),
      };
    },
    differs: { nobody: "It begins with `Error:`, as all errors do." },
  },
];

describe.skipIf(!hasOriginal)("the tasks of the cloud, beside the original", () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))("%s", (_, scene) => playBoth(scene), 60_000);
});
