/**
 * `node scripts/bun.js scripts/attempts.ts`: tries every attempt of tests/attempts under `codex sandbox`, ours in both routes and,
 * where `scripts/original.sh` has installed it, the original, and prints them side by side. A: had effect, -: had none; in
 * workspace-write, read-only, and workspace-write with network.
 */
import { modes, runAttempts, subjects } from "../tests/attempts/run-attempts.ts";
import { ourProgram, originalProgram } from "./bench/programs.ts";

const original = originalProgram();
const ours = ourProgram();
const columns = [
  { title: "ours", program: ours.path, settings: [] },
  { title: "ours, without bubblewrap", program: ours.path, settings: ['sandbox.bwrap_path="/nonexistent/bwrap"'] },
  ...(original ? [{ title: "original", program: original.path, settings: [] }] : []),
];

console.log(`| attempt | ${columns.map(({ title }) => title).join(" | ")} |\n|---|${"---|".repeat(columns.length)}`);
for (const [subject, attempts] of Object.entries(subjects)) {
  const verdicts = columns.map(() => new Map<string, string>());
  for (const mode of modes) {
    for (const [i, { program, settings }] of columns.entries()) {
      const seen = await runAttempts(program, mode, attempts, settings);
      for (const [name, verdict] of seen) verdicts[i]?.set(name, (verdicts[i].get(name) ?? "") + verdict);
    }
  }
  for (const { name } of attempts) {
    console.log(`| ${subject}: ${name} | ${verdicts.map((seen) => seen.get(name) ?? "").join(" | ")} |`);
  }
}
