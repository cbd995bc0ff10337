import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const done = model.says("Done.");
const files = { "a.txt": "one\ntwo\nthree\n", "sub/b.txt": "beta\n", "crlf.txt": "one\r\ntwo\r\n" };

const patch = (...lines: string[]): string => ["*** Begin Patch", ...lines, "*** End Patch"].join("\n");

/** A freeform patch and a closing message. */
const patching = (name: string, ...lines: string[]): Scenario => ({
  name: `patch: ${name}`,
  files,
  steps: [model.patch(patch(...lines)), done],
});

const addC = ["*** Add File: c.txt", "+new"];
const updateA = ["*** Update File: a.txt", "@@", " one", "-two", "+TWO", " three"];

/** apply_patch in all its shapes. */
export const patches: Scenario[] = [
  { ...patching("adds, updates and deletes", ...addC, ...updateA, "*** Delete File: sub/b.txt"), rollout: true },
  patching("adds over a file", "*** Add File: a.txt", "+other"),
  patching("moves", "*** Update File: a.txt", "*** Move to: sub/moved.txt", "@@", "-one", "+ONE"),
  patching("lines that are not there", ...addC, "*** Update File: a.txt", "@@", "-four", "+FOUR"),
  patching("a file that is not there", "*** Update File: none.txt", "@@", "-four", "+FOUR"),
  patching("deletes a file that is not there", "*** Delete File: none.txt"),
  patching("a heading that is none", "*** Frob: x"),
  patching("keeps CRLF", "*** Update File: crlf.txt", "@@", "-two", "+TWO"),
  patching("at the end of the file", "*** Update File: a.txt", "@@", " three", "+four", "*** End of File"),
  patching("context by heading", "*** Update File: a.txt", "@@ one", "-two", "+zwei"),
  patching("outside the project", "*** Add File: ../outside.txt", "+new"),
  patching("nothing in it"),
  { ...patching("while read-only", ...addC), runs: [{ sandbox: "read-only" }] },
  { ...patching("an unknown model", ...addC), model: "mock-model" },
  { name: "patch: no patch at all", files, steps: [model.patch("hello"), done] },
  {
    name: "patch: within a command",
    files,
    steps: [model.exec(`apply_patch <<'EOF'\n${patch(...updateA)}\nEOF\n`), done],
  },
  {
    name: "patch: within a command, after cd",
    files,
    steps: [model.exec(`cd sub && apply_patch <<'EOF'\n${patch(...addC)}\nEOF\n`), done],
  },
  { name: "patch: as a function call", files, steps: [model.call("apply_patch", { input: patch(...addC) }), done] },
];
