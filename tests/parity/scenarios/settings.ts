import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const steps = [model.says("Hello.")];

/** Configuration, command line and the checks before the first request. */
export const settings: Scenario[] = [
  { name: "no git repository", git: false, steps, mentions: ["--skip-git-repo-check"] },
  { name: "no git repository, not checked", git: false, steps, runs: [{ args: ["--skip-git-repo-check"] }] },
  { name: "bad TOML", wholeConfig: 'model = "gpt-5.5"\nmodel_provider = \n', steps, mentions: ["config.toml:2"] },
  {
    name: "config value of a wrong type",
    config: 'model_context_window = "wide"',
    steps,
    mentions: ["model_context_window"],
  },
  { name: "unknown provider", config: 'model_provider = "nowhere"', steps, mentions: ["nowhere"] },
  { name: "unknown config key", config: "frobnicate = true", steps, mentions: ["frobnicate"] },
  {
    name: "unknown config key, strict",
    config: "frobnicate = true",
    steps,
    runs: [{ args: ["--strict-config"] }],
    mentions: ["frobnicate"],
  },
  { name: "missing provider key", steps, runs: [{ env: { MOCK_KEY: "" } }], mentions: ["MOCK_KEY"] },
  { name: "override of the effort", steps, runs: [{ args: ["-c", "model_reasoning_effort=high"] }] },
  { name: "override without a value", steps, runs: [{ args: ["-c", "model_reasoning_effort"] }] },
  { name: "model by option", steps, runs: [{ args: ["-m", "mock-model"] }] },
  {
    name: "profile file",
    prepare: async (ws) =>
      void (await Bun.write(`${ws.codexHome}/deep.config.toml`, 'model_reasoning_effort = "xhigh"\n')),
    steps,
    runs: [{ args: ["-p", "deep"] }],
  },
  { name: "missing profile", steps, runs: [{ args: ["-p", "none"] }], mentions: ["none"] },
  { name: "unknown option", steps, runs: [{ args: ["--frobnicate"] }], mentions: ["--frobnicate"] },
  {
    name: "retired option --full-auto",
    steps,
    runs: [{ args: ["--full-auto"] }],
    mentions: ["--full-auto", "--sandbox"],
  },
  { name: "bad sandbox mode", steps, runs: [{ sandbox: "loose" }], mentions: ["workspace-write"] },
  {
    name: "retired approval policy",
    steps,
    runs: [{ args: ["-c", "approval_policy=untrusted"] }],
    mentions: ["untrusted"],
  },
  { name: "approval policy without effect", steps, runs: [{ args: ["-c", "approval_policy=on-request"] }] },
  { name: "missing folder", steps, runs: [{ args: ["-C", "no-such-folder"] }] },
  { name: "other folder", files: { "sub/x.txt": "x" }, steps, runs: [{ args: ["-C", "sub"] }] },
  {
    name: "user config ignored",
    config: 'model_reasoning_effort = "high"',
    steps,
    // Without the config there is no provider: the overrides name one that answers to nobody.
    runs: [{ args: ["--ignore-user-config", "-c", "model_provider=nowhere"] }],
    mentions: ["nowhere"],
  },
  { name: "feature switched off", steps, runs: [{ args: ["--disable", "shell_tool"] }] },
  { name: "unknown feature", steps, runs: [{ args: ["--enable", "frobnication"] }], mentions: ["frobnication"] },
];
