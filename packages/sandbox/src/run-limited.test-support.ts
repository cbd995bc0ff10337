/** Run as a program, by a user without privileges: `ROUTE PLACE`. Makes as many processes as a limit of ten lets it, and counts them. */
import { launcherFor, runScript, type Place } from "./sandbox.test-support.ts";

const [route, text = ""] = process.argv.slice(2);
const place: Place = JSON.parse(text);
const launcher = launcherFor(place, route === "bubblewrap" ? "bubblewrap" : "namespaces", {
  limits: { processes: 10 },
});
const { output } = await runScript(
  launcher,
  place,
  `python3 -c '
import os, time
made = 0
try:
    while made < 50:
        if os.fork() == 0: time.sleep(5); os._exit(0)
        made += 1
except OSError: pass
print("made", made)'`,
);
process.stdout.write(output);
