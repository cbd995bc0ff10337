/** Words by which programs say that they were not allowed something. Source: the original. */
const signs = [
  "operation not permitted",
  "permission denied",
  "read-only file system",
  "seccomp",
  "sandbox",
  "landlock",
  "failed to write file",
];

/** Codes of a shell for a wrong use, a file that is no program, and a program that is not there. */
const otherFailures: ReadonlySet<number> = new Set([2, 126, 127]);
/** Killed by SIGSYS: a system call that the sandbox does not allow. */
const killedBySeccomp = 128 + 31;

/** Whether a confined process that failed seems to have failed at its sandbox; a guess, as no system tells. */
export function looksDenied(exitCode: number, output: string): boolean {
  if (exitCode === 0) return false;
  const text = output.toLowerCase();
  if (signs.some((sign) => text.includes(sign))) return true;
  return !otherFailures.has(exitCode) && exitCode === killedBySeccomp;
}
