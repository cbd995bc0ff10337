import { model } from "@codex/scripted-model/testing";
import type { RunOfScenario, Scenario } from "../scenario.ts";

/** A file outside every scratch folder: both programs may meet there, so that all they do is write it and take it away. */
const shared = "/tmp/codex-parity";

/** Writes here, and says of each place whether it could. */
const attempt = (...places: string[]): string =>
  places.map((place) => `{ echo x > ${place}; } 2>/dev/null && echo "${place} yes" || echo "${place} no"`).join("; ");

const writing = (name: string, run: RunOfScenario, ...places: string[]): Scenario => ({
  name: `sandbox: ${name}`,
  files: { "a.txt": "one\n" },
  // No `rm -f`: the original refuses it.
  steps: [model.exec(`${attempt(...places)}; unlink ${shared} 2>/dev/null; true`), model.says("Done.")],
  runs: [run],
});

/** What commands may do, by mode. */
export const sandboxes: Scenario[] = [
  writing("read-only", { sandbox: "read-only" }, "in.txt", "../out.txt", shared),
  writing("read-only by default", { sandbox: null }, "in.txt"),
  writing("workspace-write", {}, "in.txt", "sub-$$-no/x", ".git/x", "../out.txt", "$TMPDIR/x", ".codex/x", shared),
  writing("danger-full-access", { sandbox: "danger-full-access" }, "in.txt", ".git/x", "../out.txt"),
  writing("bypassed", { sandbox: null, args: ["--dangerously-bypass-approvals-and-sandbox"] }, "in.txt", "../out.txt"),
  {
    ...writing("writable roots", {}, "in.txt", "../home/x", "../out.txt"),
    runs: [{ args: ["--add-dir", "../home"] }],
  },
  {
    name: "sandbox: error text of a refused write",
    // Its exit code is hidden: of a command that the sandbox fails at once, the original tells or keeps quiet by chance.
    steps: [model.exec("touch ../out.txt; true"), model.says("Done.")],
  },
  {
    name: "sandbox: network",
    steps: [
      model.exec("(exec 3<>/dev/tcp/127.0.0.1/9) 2>&1 | sed 's/.*: //'; echo $CODEX_SANDBOX_NETWORK_DISABLED"),
      model.says("Done."),
    ],
  },
];
