import { attempt, python } from "./attempt.ts";

/** HOST_PID is a process outside; MY_API_KEY a secret of the person; descriptors 8 and 9 are open files of who starts the sandbox. */
export const processAttempts = [
  attempt("---", "signal a process outside", 'kill -0 "$HOST_PID"'),
  attempt("---", "see a process outside", 'grep -q serve-attempts "/proc/$HOST_PID/cmdline"'),
  attempt("AAA", "signal its own child", "sleep 5 & kill $!"),
  attempt("---", "read a descriptor of who started it", "cat <&9"),
  attempt("---", "write a descriptor of who started it", "echo x >&8"),
  attempt("--A", "see a secret of the person", '[ -n "$MY_API_KEY" ]'),
  attempt("--A", "see a secret in /proc/1/environ", "tr '\\0' '\\n' < /proc/1/environ | grep -q MY_API_KEY"),
  attempt("AAA", "have two hundred processes", "for i in $(seq 200); do sleep 0.2 & done; wait"),
  attempt("AAA", "locks of multiprocessing", "python3 -c 'import multiprocessing as m; m.Lock()'"),
  attempt("AAA", "pools of multiprocessing", "python3 -c 'import multiprocessing as m; m.Pool(2).map(abs, [1])'"),
  attempt("AAA", "shared memory of System V", python("c.shmget(0, 4096, 0o1600) >= 0 or sys.exit(1)")),
  attempt("AAA", "write in /dev/shm", ": > /dev/shm/attempt-$$"),
  attempt("AAA", "/dev/null", ": > /dev/null"),
  attempt("AAA", "/dev/urandom", "head -c 1 /dev/urandom"),
  attempt("AAA", "a pseudo-terminal", python("os.openpty()")),
  attempt(
    "AAA",
    "node's channel to a child",
    `node -e 'const c = require("child_process").spawn(process.execPath, ["-e", "process.send(1)"], { stdio: ["ignore", "ignore", "ignore", "ipc"] }); c.on("message", () => process.exit(0)); setTimeout(() => process.exit(1), 4000)'`,
  ),
];
