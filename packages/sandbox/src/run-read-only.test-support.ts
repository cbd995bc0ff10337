/** Run as a program: `PLACE`, where PLACE is JSON. Tries to write in read-only, by whatever route there is; its notice goes to stderr. */
import { thisMachine } from "./machine.ts";
import { makeLauncher } from "./make-launcher.ts";
import { commandIn, innerFromSource, runConfined, type Place } from "./sandbox.test-support.ts";

const place: Place = JSON.parse(process.argv[2] ?? "");
const launcher = makeLauncher({
  machine: thisMachine,
  env: process.env,
  codexHome: place.home,
  inner: innerFromSource,
});
const session = { policy: { type: "readOnly", networkAccess: false }, workspaceRoots: [place.workspace] } as const;
const command = commandIn(place, "touch x 2>/dev/null || echo blocked");
const prepared = await launcher.prepare(command, session);
if (prepared.ok) {
  console.error(prepared.value.notice);
  prepared.value.dispose();
}
process.stdout.write((await runConfined(launcher, command, session)).output);
