/** Run as a program: `PATH LETS_GO`. Holds a placeholder, lets go of it where that is asked, says so, and ends with its input. */
import { onExit } from "@codex/platform/on-exit";
import { keepPlaceholders } from "./placeholders.ts";

const [path = "", letsGo] = process.argv.slice(2);
// No time passes between letting go and the end, so it is the end that removes it.
const held = keepPlaceholders(onExit).hold([path]);
console.log("held");
if (letsGo === "true") {
  process.stdin.once("end", () => {
    held.release();
    process.exit(0);
  });
}
process.stdin.resume();
