/**
 * Run as a program: `ROUTE PLACE`. Starts a confined command that would make a file a little later, says when it runs, and waits to
 * be killed. Where the sandbox is refused it prints why on stderr. ROUTE "any" takes what there is.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawnPiped } from "@codex/platform/process";
import { thisMachine } from "./machine.ts";
import { makeLauncher } from "./make-launcher.ts";
import { commandIn, innerFromSource, writing, type Place } from "./sandbox.test-support.ts";

const [route, text = ""] = process.argv.slice(2);
const place: Place = JSON.parse(text);
const launcher = makeLauncher({
  machine: thisMachine,
  env: process.env,
  codexHome: place.home,
  inner: innerFromSource,
  ...(route === "bubblewrap" || route === "namespaces" ? { routes: [route] } : {}),
});
const session = { policy: writing, workspaceRoots: [place.workspace] };
const prepared = await launcher.prepare(commandIn(place, "touch started; sleep 0.3; touch late; sleep 100"), session);
if (prepared.ok) {
  spawnPiped(prepared.value, () => {});
  while (!existsSync(join(place.workspace, "started"))) await Bun.sleep(5);
  console.log("started");
  await Bun.sleep(60_000);
} else console.error(prepared.error.message);
