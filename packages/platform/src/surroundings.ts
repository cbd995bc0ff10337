import { readFileSync, readlinkSync, statSync } from "node:fs";

/**
 * What decides whether a program can make namespaces here, as text: this start of the machine, the namespaces, rights and filters
 * of this process, the machine's switches for namespaces, and the program itself. Where the text is the same, so is the answer.
 * Undefined where some of it is not to be seen. Linux only.
 */
export function surroundings(program: string): string | undefined {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs, mode, uid } = statSync(program);
    return [
      `${program} ${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs} ${mode} ${uid}`,
      readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
      ...namespaces.map((name) => readlinkSync(`/proc/self/ns/${name}`)),
      ...readFileSync("/proc/self/status", "utf8").split("\n").filter(isRight),
      ...switches.map((path) => `${path} ${textOr(path, "-")}`),
    ].join("\n");
  } catch {
    return undefined;
  }
}

const namespaces = ["user", "mnt", "pid", "net"];

const isRight = (line: string): boolean => /^(Uid|Gid|Cap\w+|NoNewPrivs|Seccomp\w*):/.test(line);

/** Not every kernel has each; the last is the profile of a security module. */
const switches = [
  "/proc/sys/user/max_user_namespaces",
  "/proc/sys/user/max_mnt_namespaces",
  "/proc/sys/user/max_pid_namespaces",
  "/proc/sys/user/max_ipc_namespaces",
  "/proc/sys/user/max_net_namespaces",
  "/proc/sys/kernel/unprivileged_userns_clone",
  "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
  "/proc/self/attr/current",
];

function textOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return otherwise;
  }
}
