/**
 * The same login shell, of which nothing is heard until its startup files have run: what they print, errors included, is no
 * output of the command. They run all the same. Line numbers in the shell's own errors are one higher. Pure.
 */
export function quietProfile(argv: readonly string[]): readonly string[] {
  const [shell = "", option, script, ...more] = argv;
  if (option !== "-lc" || script === undefined || more.length > 0) return argv;
  return ["/bin/sh", "-c", mute, "sh", shell, option, `${unmute}\n${script}`];
}

const mute = 'exec 3>&1 4>&2 >/dev/null 2>&1; exec "$@"';
/** A line of its own: the shell then hears of mistakes in the script only after it. */
const unmute = "exec 1>&3 2>&4 3>&- 4>&-";
