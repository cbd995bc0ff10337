/** How a program that runs another one is called: options with a value, words before the other's name. */
type Wrapper = {
  /** Options whose value is the next word. */
  readonly valued?: string;
  /** Words of its own after its options: a duration, a folder. */
  readonly own?: number;
  /** `NAME=value` may come first. */
  readonly assigns?: true;
};

const wrappers: Record<string, Wrapper> = {
  builtin: {},
  busybox: {},
  catchsegv: {},
  chroot: { own: 1 },
  chrt: { own: 1 },
  command: {},
  coproc: {},
  doas: { valued: "-u -C", assigns: true },
  env: { valued: "-u --unset -C --chdir", assigns: true },
  exec: { valued: "-a" },
  flock: { valued: "-w --timeout -E", own: 1 },
  ionice: { valued: "-c -n -p -P -u" },
  nice: { valued: "-n --adjustment" },
  nohup: {},
  parallel: { valued: "-j --jobs -S -I -N -n -L" },
  setarch: { own: 1 },
  setpriv: {},
  setsid: {},
  stdbuf: { valued: "-i -o -e" },
  strace: { valued: "-e -o -p -s -u" },
  sudo: { valued: "-u -g -p -C -D -R -T -U -h -r -t --user --group --chdir --host --prompt", assigns: true },
  taskset: { own: 1 },
  time: { valued: "-f -o --format --output" },
  timeout: { valued: "-k -s --kill-after --signal", own: 1 },
  unbuffer: {},
  unshare: {},
  watch: { valued: "-n --interval" },
  xargs: { valued: "-I -n -P -L -d -E -s -a -i --max-args --max-procs --delimiter --arg-file --max-lines" },
};

const shells = new Set(["bash", "sh", "zsh", "dash", "ksh", "ash"]);

/** What a command runs besides itself: another command among its words, or a script. */
export type Inner =
  | { readonly kind: "words"; readonly from: number; readonly words: readonly string[] }
  | { readonly kind: "script"; readonly script: string };

/** The program's name without its folder. */
export const programName = (program: string): string => program.replace(/^.*\//, "");

/** The commands that this command runs on behalf of its words; none for one that runs only itself. Looks one layer deep. */
export function unwrapCommand(words: readonly string[]): Inner[] {
  const [program = ""] = words;
  const name = programName(program);
  if (shells.has(name)) return shellScript(words);
  if (name === "eval" || name === "trap") return [{ kind: "script", script: words.slice(1).join(" ") }];
  if (name === "su" || name === "script") return optionScript(words, ["-c", "--command"]);
  if (name === "find" || name === "fd" || name === "fdfind") return executed(words);
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  return wrapper === undefined ? [] : wrapped(words, wrapper, name);
}

/** True where the words alone do not tell what is run. */
export const isWrapper = ([program = ""]: readonly string[]): boolean => {
  const name = programName(program);
  return (
    shells.has(name) ||
    ["eval", "trap", "su", "script", "source", ".", "ssh"].includes(name) ||
    Object.hasOwn(wrappers, name)
  );
};

function wrapped(words: readonly string[], { valued = "", own = 0, assigns }: Wrapper, name: string): Inner[] {
  const takesValue = new Set(valued.split(" "));
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    // `env -S` splits its value into words.
    if (name === "env" && /^(-\w*S|--split-string)/.test(word)) return splitString(words, at);
    if (takesValue.has(word)) at += 1;
    else if (word === "--") {
      at += 1;
      break;
    } else if (!word.startsWith("-") && !(assigns && /^\w+=/.test(word))) break;
  }
  const from = at + own;
  const inner = words.slice(from);
  return inner.length === 0 ? [] : [{ kind: "words", from, words: inner }];
}

function splitString(words: readonly string[], at: number): Inner[] {
  const value = (words[at] ?? "").replace(/^(-\w*?S|--split-string=?)/, "");
  return [{ kind: "script", script: [value, ...words.slice(at + 1)].join(" ") }];
}

/** `-c` may stand among other letters, and the script after further options. */
function shellScript(words: readonly string[]): Inner[] {
  const option = words.findIndex((word, at) => at > 0 && /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word));
  const script = option === -1 ? undefined : words.slice(option + 1).find((word) => !/^[-+]/.test(word));
  return script === undefined ? [] : [{ kind: "script", script }];
}

function optionScript(words: readonly string[], names: readonly string[]): Inner[] {
  const script = words[words.findIndex((word) => names.includes(word)) + 1];
  return words.some((word) => names.includes(word)) && script !== undefined ? [{ kind: "script", script }] : [];
}

const executes = new Set(["-exec", "-execdir", "-ok", "-okdir", "-x", "-X", "--exec", "--exec-batch"]);

/** Each `-exec COMMAND ;` of `find`. */
function executed(words: readonly string[]): Inner[] {
  return words.flatMap((word, at) => {
    if (!executes.has(word)) return [];
    const rest = words.slice(at + 1);
    const end = rest.findIndex((each) => each === ";" || each === "+");
    const inner = end === -1 ? rest : rest.slice(0, end);
    return inner.length === 0 ? [] : [{ kind: "words" as const, from: at + 1, words: inner }];
  });
}
