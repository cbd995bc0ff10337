/** Run as a program, by a user without privileges: `ROUTE PLACE`, where PLACE is JSON. Prints what a confined script printed. */
import type { RouteName } from "./find-route.ts";
import { launcherFor, runScript, type Place } from "./sandbox.test-support.ts";

const [route, text = ""] = process.argv.slice(2);
const place: Place = JSON.parse(text);
const name: RouteName = route === "bubblewrap" ? "bubblewrap" : "namespaces";
const { output } = await runScript(
  launcherFor(place, name),
  place,
  `id -u; echo a > in && echo inside
   { touch ${place.outside}/x || mkdir .git/x || touch .codex/x || (: >> /proc/sys/kernel/core_pattern); } 2>/dev/null && echo out
   unshare -Ur true 2>/dev/null && echo user; echo done`,
);
process.stdout.write(output);
