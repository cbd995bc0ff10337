// Each way out of the sandbox that was ever thought of, tried in earnest under the built program, by either route.
import { beforeAll, describe, expect, test } from "bun:test";
import { landlockVersion } from "@codex/platform/libc";
import { binaryPath } from "../packages/scripted-model/src/launch.ts";
import type { Verdicts } from "./attempts/attempt.ts";
import { byLandlock } from "./attempts/by-landlock.ts";
import { modes, runAttempts, subjects } from "./attempts/run-attempts.ts";

const needed = ["bwrap", "unshare", "python3", "node", "git"];
const missing = needed.filter((program) => Bun.which(program) === null);
const skipped = process.platform !== "linux" || process.arch !== "x64" || missing.length > 0;

/** Where no more user namespaces may be made, Landlock is left. What it lets through into /tmp must not reach the machine's. */
const withoutNamespaces = [
  "unshare",
  "-Urm",
  "sh",
  "-c",
  'mount -t tmpfs tmp /tmp && echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"',
  "sh",
];

type Route = {
  readonly settings: readonly string[];
  readonly inside: readonly string[];
  /** How many of the modes are tried: the last differs from the first by the network alone. */
  readonly modes: number;
  /** What comes out otherwise than in the table of the attempts. */
  readonly but: Readonly<Record<string, Verdicts>>;
};

const routes: Readonly<Record<string, Route>> = {
  bubblewrap: { settings: [], inside: [], modes: 3, but: {} },
  // A bubblewrap that is not there leaves the namespaces of our own.
  namespaces: { settings: ['sandbox.bwrap_path="/nonexistent/bwrap"'], inside: [], modes: 3, but: {} },
  // A program that lies in /tmp is not seen there any more.
  ...(landlockVersion() >= 6 &&
    !import.meta.dir.startsWith("/tmp/") && {
      landlock: { settings: ['sandbox.fallback="landlock"'], inside: withoutNamespaces, modes: 2, but: byLandlock },
    }),
};

for (const [route, { settings, inside, modes: tried, but }] of Object.entries(routes)) {
  for (const [subject, attempts] of Object.entries(subjects)) {
    describe.skipIf(skipped)(
      `${route}: ${subject}${missing.length > 0 ? ` (no ${missing.join(", ")} here)` : ""}`,
      () => {
        const seen = new Map<string, string>();

        beforeAll(async () => {
          for (const mode of modes.slice(0, tried)) {
            const verdicts = await runAttempts(binaryPath(), mode, attempts, settings, inside);
            for (const { name } of attempts) seen.set(name, (seen.get(name) ?? "") + (verdicts.get(name) ?? "?"));
          }
        }, 120_000);

        test.each(attempts.map(({ name, ours }): [string, string] => [name, but[name] ?? ours]))("%s", (name, ours) => {
          expect(seen.get(name)).toBe(ours.slice(0, tried));
        });
      },
    );
  }
}
