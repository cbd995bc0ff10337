import { describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { openDescriptors } from "./open-descriptors.test-support.ts";
import { type PtyChild, type PtyProgram, spawnPty } from "./pty.ts";

const program = (...argv: string[]): PtyProgram => ({
  argv,
  env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", TERM: "dumb" },
  cwd: tmpdir(),
  fds: [],
});

/** A running program and its screen; `until` resolves when the screen shows `what`. */
type Running = { child: PtyChild; screen: () => string; until: (what: string) => Promise<void> };

function start(what: PtyProgram): Running {
  let seen = "";
  let wake = () => {};
  const decoder = new TextDecoder();
  const child = spawnPty(what, { rows: 24, cols: 80 }, (bytes) => {
    seen += decoder.decode(bytes, { stream: true });
    wake();
  });
  if (!child.ok) throw new Error(child.error);
  const until = async (text: string) => {
    while (!seen.includes(text)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { child: child.value, screen: () => seen, until };
}

/** The same script where we give the controlling terminal and where the program takes it itself. */
const routes: [string, (script: string) => PtyProgram][] = [
  ["given", (script) => program("/bin/bash", "-c", script)],
  ["taken", (script) => ({ ...program("setsid", "-cw", "/bin/bash", "-c", script), takesTerminal: true })],
];

describe.each(routes)("a terminal that is %s", (_route, bash) => {
  test("is a terminal of the size told, with the environment told", async () => {
    const { child, screen } = start(bash("stty size; echo $TERM; [ -t 0 ] && [ -t 2 ] && echo tty >/dev/tty; exit 7"));
    expect(await child.exited).toBe(7);
    expect(screen()).toBe("24 80\r\ndumb\r\ntty\r\n");
  });

  test("echoes what is typed and ends with Ctrl-D", async () => {
    const { child, screen, until } = start(bash("exec cat"));
    child.write("hello\n");
    await until("hello\r\nhello\r\n");
    child.write("\x04");
    expect(await child.exited).toBe(0);
    expect(screen()).toBe("hello\r\nhello\r\n");
  });

  test("Ctrl-C interrupts the foreground program, not the shell", async () => {
    const { child, until } = start(bash("exec bash --norc -i"));
    child.write("PS1=; echo rea''dy\n");
    await until("ready");
    child.write("sleep 100\n");
    await Bun.sleep(100);
    child.write("\x03");
    child.write("echo al''ive $?\n");
    await until("alive 130");
    child.write("exit 4\n");
    expect(await child.exited).toBe(4);
  });

  test("job control works", async () => {
    const { child, until } = start(bash("exec bash --norc -i"));
    child.write("PS1=; sleep 100 & jobs; kill %1; wait; echo do''ne\n");
    await until("Running");
    await until("done");
    child.write("exit\n");
    await child.exited;
  });

  test("a change of size is told", async () => {
    const { child, until } = start(bash("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.02; done"));
    await until("ready");
    child.resize({ rows: 40, cols: 100 });
    await until("40 100");
    expect(await child.exited).toBe(0);
  });
});

test("an interactive Python answers", async () => {
  const { child, until } = start(program("python3", "-q", "-i"));
  child.write("print(6 * 7)\n");
  await until("42\r\n");
  child.write("exit(5)\n");
  expect(await child.exited).toBe(5);
});

test("leaves no descriptor open and forgives writing after the end", async () => {
  const { child } = start(program("true"));
  await child.exited;
  const taken = start({ ...program("setsid", "-cw", "true"), takesTerminal: true });
  await taken.child.exited;
  child.write("x");
  child.resize({ rows: 1, cols: 1 });
  expect(spawnPty(program("/no/such/program"), { rows: 24, cols: 80 }, () => {})).toEqual({
    ok: false,
    error: "No such file or directory",
  });
  // Bun closes the terminal of a program that could not be started a little later.
  const open = () => openDescriptors("/dev/ptmx") + openDescriptors("/dev/pts/");
  for (let tries = 0; tries < 200 && open() > 0; tries++) await Bun.sleep(5);
  expect(open()).toBe(0);
});
