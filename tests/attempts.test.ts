// Each way out of the sandbox that was ever thought of, tried in earnest under the built program, by either route.
import { beforeAll, describe, expect, test } from "bun:test";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";
import { modes, runAttempts, subjects } from "./attempts/run-attempts.ts";

const needed = ["bwrap", "unshare", "python3", "node", "git"];
const missing = needed.filter((program) => Bun.which(program) === null);
const skipped = process.platform !== "linux" || process.arch !== "x64" || missing.length > 0;

/** A bubblewrap that is not there leaves the namespaces of our own. */
const routes = { bubblewrap: [], namespaces: ['sandbox.bwrap_path="/nonexistent/bwrap"'] };

for (const [route, settings] of Object.entries(routes)) {
  for (const [subject, attempts] of Object.entries(subjects)) {
    describe.skipIf(skipped)(
      `${route}: ${subject}${missing.length > 0 ? ` (no ${missing.join(", ")} here)` : ""}`,
      () => {
        const seen = new Map<string, string>();

        beforeAll(async () => {
          for (const mode of modes) {
            const verdicts = await runAttempts(binaryPath(), mode, attempts, settings);
            for (const { name } of attempts) seen.set(name, (seen.get(name) ?? "") + (verdicts.get(name) ?? "?"));
          }
        }, 120_000);

        test.each(attempts.map(({ name, ours }): [string, string] => [name, ours]))("%s", (name, ours) => {
          expect(seen.get(name)).toBe(ours);
        });
      },
    );
  }
}
