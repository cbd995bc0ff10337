import { orderedOutput, writeTo } from "@codex/platform/ordered-output";
import { stdio } from "@codex/platform/stdio";
import { stdinChunks } from "@codex/platform/stdin-chunks";
import { longestMessage, type Channel } from "./channel.ts";
import { splitLines } from "./split-lines.ts";

/** The one client at the other end of the standard streams: a JSON object a line. */
export function stdioChannel(): Channel {
  const output = orderedOutput(writeTo(1));
  const closing = new AbortController();
  // Who no longer reads has gone, also where its end of the input stays open.
  output.failed.addEventListener("abort", () => closing.abort(), { once: true });
  return {
    incoming: splitLines(stdinChunks(closing.signal), longestMessage),
    send: (text) => output.write(Buffer.from(`${text}\n`)),
    get waiting() {
      return output.waiting;
    },
    below: (limit) => output.below(limit),
    gone: output.failed,
    async close(why, patienceMs) {
      if (why === "tooSlow" && !closing.signal.aborted)
        stdio.err("The client does not read what it is told; Codex ends.\n");
      closing.abort();
      await Promise.race([output.below(0), Bun.sleep(patienceMs)]);
    },
  };
}
