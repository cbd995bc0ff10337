import { join } from "node:path";
import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const rules = `prefix_rule(["touch"])
prefix_rule(["true"])
prefix_rule(["ls", "-l"], "prompt", justification = "long listings")
prefix_rule(["wc"], "forbidden", justification = "count yourself")
`;

/** A command under rules, where nothing may be written: a file that is made was made outside the sandbox. */
const ruled = (name: string, cmd: string, more: Record<string, string> = {}): Scenario => ({
  name: `rules: ${name}`,
  // Commands end well whatever the sandbox does: of those that it fails, the original tells or keeps quiet by chance.
  steps: [model.exec(cmd), model.says("Done.")],
  runs: [{ sandbox: "read-only" }],
  prepare: async (ws) => {
    for (const [file, text] of Object.entries({ "default.rules": rules, ...more })) {
      await Bun.write(join(ws.codexHome, "rules", file), text);
    }
  },
});

/** Rules for commands, part by part. */
export const ruleScenarios: Scenario[] = [
  ruled("an allowed command", "touch one"),
  ruled("allowed parts", "touch one && touch two; true"),
  ruled("a part that none allows", "touch one | cat"),
  ruled("an allowed command whose output goes nowhere", "touch one > /dev/null; true"),
  ruled("an allowed command with a variable set", "A=1 touch one | true"),
  ruled("a wrapper of an allowed command", "env touch one | true"),
  ruled("a forbidden part", "true && wc a"),
  ruled("a forbidden part in a substitution", "echo $(echo x | wc -c)"),
  ruled("a question where nobody can be asked", "true | ls -l"),
  ruled("a damaged file beside others", "touch one | true", { "a.rules": "prefix_rule(\n" }),
  {
    ...ruled("left out", "touch one | true"),
    runs: [{ sandbox: "read-only", args: ["--ignore-rules"] }],
  },
  {
    name: "profile: what it says to the model",
    steps: [model.says("Done.")],
    files: { "priv/key": "secret\n", "vendor/v": "v\n" },
    config: `default_permissions = "mine"
[permissions.mine]
extends = ":workspace"
[permissions.mine.filesystem]
"/opt" = "read"
"/var/tmp/codex-none" = "deny"
":tmpdir" = "read"
glob_scan_max_depth = 4
[permissions.mine.filesystem.":workspace_roots"]
"**/*.env" = "deny"
vendor = "read"
priv = "deny"`,
    runs: [{ sandbox: null }],
  },
];
