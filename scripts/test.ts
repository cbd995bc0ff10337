/** `npm test`: builds, then runs every test in parallel and closes with `N passed, N failed`. Arguments are patterns for `bun test`. */
import { join } from "node:path";
import { build } from "./build.ts";

const root = join(import.meta.dir, "..");

build();

// A stranger's machine may stall a process for seconds: there, and only there, a test that failed is asked once more.
const patience = process.env["CI"] ? ["--retry=1"] : [];
const run = Bun.spawn(
  [process.execPath, "test", "--parallel", "--timeout=30000", ...patience, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  },
);

/** Passes the stream through and keeps what bun's closing lines say. */
async function relay(from: ReadableStream<Uint8Array>, to: NodeJS.WriteStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of from) {
    to.write(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

const [out, errors] = await Promise.all([relay(run.stdout, process.stdout), relay(run.stderr, process.stderr)]);
const exitCode = await run.exited;
const count = (word: string): number => Number(new RegExp(`^\\s*(\\d+) ${word}$`, "m").exec(out + errors)?.[1] ?? 0);
const failed = Math.max(count("fail"), exitCode === 0 ? 0 : 1);
const skipped = count("skip");
console.log(`${count("pass")} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed === 0 ? 0 : 1);
