/**
 * Runs one program and measures it. The measuring happens in a small process of its own: on Linux a child's peak memory
 * starts at that of its parent, and the benchmark itself is larger than what it measures. That process has about 25 MB, so
 * a smaller program than that shows as 25 MB.
 */
import { isObject, parseJson } from "@codex/protocol/json";

export type Launch = { command: string[]; cwd: string; env: Record<string, string> };

export type Measured = {
  /** Milliseconds from spawn to exit. */
  readonly wall: number;
  /** Milliseconds of processor time, user and system, with that of every child that was waited for. */
  readonly cpu: number;
  /** Peak resident bytes of the largest of the program's processes. */
  readonly memory: number;
};

type Report = Measured & { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Throws with what the program said where it fails or where `expected` is not in its standard output. */
export async function measure(launch: Launch, expected: string): Promise<Measured> {
  const child = Bun.spawn([process.execPath, "--smol", import.meta.path], {
    stdin: new TextEncoder().encode(JSON.stringify(launch)),
    stdout: "pipe",
    stderr: "inherit",
  });
  const report = parseJson(await new Response(child.stdout).text());
  if (!isObject(report)) throw new Error(`${launch.command.join(" ")} could not be measured.`);
  const { exitCode, stdout, stderr, ...measured } = report as Report;
  if (exitCode === 0 && stdout.includes(expected)) return measured;
  throw new Error(`${launch.command.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
}

async function runAndReport(): Promise<Report> {
  const { command, ...place }: Launch = await Bun.stdin.json();
  const started = performance.now();
  const child = Bun.spawn(command, { ...place, stdio: ["ignore", "pipe", "pipe"] });
  const texts = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  const exitCode = await child.exited;
  const wall = performance.now() - started;
  const usage = child.resourceUsage();
  if (usage === undefined) throw new Error("The system does not tell what a process used.");
  const [stdout, stderr] = await texts;
  const cpu = Number(usage.cpuTime.total) / 1000;
  return { wall, cpu, memory: usage.maxRSS, exitCode, stdout, stderr };
}

if (import.meta.main) console.log(JSON.stringify(await runAndReport()));
