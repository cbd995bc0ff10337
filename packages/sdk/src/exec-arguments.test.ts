import { expect, test } from "bun:test";
import { execArguments, type ExecTurn } from "./exec-arguments.ts";

const nothing: ExecTurn = { codex: {}, thread: {}, turn: {}, images: [], schemaFile: undefined, resume: null };

test("without options there is nothing but the command", () => {
  expect(execArguments(nothing)).toEqual(["exec", "--json"]);
});

test("every option has its argument, and the thread's settings come last", () => {
  const args = execArguments({
    codex: { baseUrl: "http://x/v1", config: { model_provider: "p" }, configOverrides: ["web_search=cached"] },
    thread: {
      model: "m",
      threadSource: "tests",
      sandboxMode: "workspace-write",
      workingDirectory: "/w",
      skipGitRepoCheck: true,
      modelReasoningEffort: "high",
      networkAccessEnabled: false,
      webSearchMode: "live",
      approvalPolicy: "on-request",
      additionalDirectories: ["/a", "/b"],
    },
    turn: { cyberAccessProgram: "standard" },
    images: ["/i.png", "j.png"],
    schemaFile: "/s.json",
    resume: null,
  });
  expect(args.join(" ")).toBe(
    "exec --json --model m --sandbox workspace-write --cd /w --add-dir /a --add-dir /b --skip-git-repo-check" +
      " --output-schema /s.json --cyber-access-program standard" +
      ' --config model_provider="p" --config web_search=cached --config openai_base_url="http://x/v1"' +
      ' --config model_reasoning_effort="high" --config sandbox_workspace_write.network_access=false' +
      ' --config web_search="live" --config approval_policy="on-request"' +
      " --thread-source tests --image=/i.png --image=j.png",
  );
});

test("a thread that goes on keeps its source, and its name cannot be an option", () => {
  const args = execArguments({ ...nothing, thread: { threadSource: "tests" }, images: ["/i.png"], resume: "--last" });
  expect(args).toEqual(["exec", "--json", "resume", "--image=/i.png", "--", "--last"]);
});

test("webSearchEnabled is live or disabled, and the mode wins", () => {
  const search = (thread: ExecTurn["thread"]) => execArguments({ ...nothing, thread }).at(-1);
  expect(search({ webSearchEnabled: true })).toBe('web_search="live"');
  expect(search({ webSearchEnabled: false })).toBe('web_search="disabled"');
  expect(search({ webSearchEnabled: true, webSearchMode: "cached" })).toBe('web_search="cached"');
});
