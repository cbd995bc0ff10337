import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Attempt } from "./attempt.ts";
import { fileAttempts } from "./file-attempts.ts";
import { privilegeAttempts } from "./privilege-attempts.ts";
import { processAttempts } from "./process-attempts.ts";
import { socketAttempts } from "./socket-attempts.ts";

/** Every attempt, by subject. */
export const subjects: Readonly<Record<string, readonly Attempt[]>> = {
  files: fileAttempts,
  privileges: privilegeAttempts,
  processes: processAttempts,
  sockets: socketAttempts,
};

/** In the order of an attempt's verdicts. */
export const modes = ["workspace-write", "read-only", "workspace-write with network"] as const;

const settings: Record<(typeof modes)[number], string[]> = {
  "workspace-write": ['sandbox_mode="workspace-write"'],
  "read-only": ['sandbox_mode="read-only"'],
  "workspace-write with network": ['sandbox_mode="workspace-write"', "sandbox_workspace_write.network_access=true"],
};

/**
 * Lets each attempt of a list have its try under `codex sandbox` of a program, one after the other in one sandbox, in a place of
 * their own: "A" where it had effect, "-" where not, by name.
 */
export async function runAttempts(
  program: string,
  mode: (typeof modes)[number],
  attempts: readonly Attempt[],
  more: readonly string[] = [],
  /** The words that make the machine around the program another one. */
  inside: readonly string[] = [],
): Promise<Map<string, string>> {
  const place = makePlace(attempts);
  const abstract = `codex-attempts-${place.base}`;
  const servers = Bun.spawn(["python3", join(import.meta.dir, "serve-attempts.py"), place.outside, abstract], {
    stdout: "pipe",
  });
  try {
    const port = await firstLine(servers.stdout);
    const overrides = [...settings[mode], ...more].flatMap((setting) => ["-c", setting]);
    // Descriptors 8 and 9 are what a careless program would have left open.
    const open = 'exec 8>>"$OUT/left-open" 9<"$OUT/file"; exec "$@"';
    const loop = 'for f in "$SCRIPTS"/*; do timeout 10 bash "$f" >/dev/null 2>&1 </dev/null && echo A || echo -; done';
    const argv = [...inside, "bash", "-c", open, "sh", program, "sandbox", ...overrides, "--", "bash", "-c", loop];
    const child = Bun.spawn(argv, {
      cwd: place.workspace,
      stdin: "ignore",
      stderr: "inherit",
      env: {
        PATH: `${pythonFolder()}:${process.env["PATH"] ?? ""}`,
        HOME: place.home,
        CODEX_HOME: place.home,
        OUT: place.outside,
        SCRIPTS: place.scripts,
        HOST_PID: String(servers.pid),
        PORT: port,
        SOCKET: join(place.outside, "stream"),
        DATAGRAM: join(place.outside, "datagram"),
        ABSTRACT: abstract,
        MY_API_KEY: "s3cret",
      },
    });
    const verdicts = (await new Response(child.stdout).text()).trim().split("\n");
    return new Map(attempts.map(({ name }, i) => [name, verdicts[i] ?? "?"]));
  } finally {
    servers.kill("SIGKILL");
    rmSync(place.base, { recursive: true, force: true });
  }
}

/** Where Python itself is: what stands for it on the PATH may be a script that takes ten times as long, a thousand times over. */
function pythonFolder(): string {
  folder ??= Bun.spawnSync(["python3", "-c", "import os, sys; print(os.path.dirname(sys.executable))"])
    .stdout.toString()
    .trim();
  return folder;
}
let folder: string | undefined;

async function firstLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const bytes of stream) {
    text += Buffer.from(bytes).toString();
    if (text.includes("\n")) break;
  }
  return text.trim();
}

/** Not in /tmp, which is writable by default. */
function makePlace(attempts: readonly Attempt[]) {
  const base = realpathSync(mkdtempSync("/var/tmp/codex-attempts-"));
  const place = {
    base,
    workspace: join(base, "work"),
    outside: join(base, "outside"),
    home: join(base, "home"),
    scripts: join(base, "scripts"),
  };
  for (const folder of [place.workspace, place.outside, place.home, place.scripts]) mkdirSync(folder);
  writeFileSync(join(place.outside, "file"), "outside\n");
  writeFileSync(join(place.outside, "linked"), "linked\n");
  linkSync(join(place.outside, "linked"), join(place.workspace, "hard"));
  symlinkSync(place.outside, join(place.workspace, "old-link"));
  Bun.spawnSync(["git", "init", "-q", place.workspace]);
  attempts.forEach(({ script }, i) => writeFileSync(join(place.scripts, String(i).padStart(3, "0")), `${script}\n`));
  return place;
}
