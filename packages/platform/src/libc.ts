import { FFIType, ptr, read } from "bun:ffi";
import { openLibc } from "./open-libc.ts";

/**
 * Linux system calls that Bun does not offer, for the stage inside a sandbox. Each function returns the kernel's answer:
 * 0 or more, or the negated errno.
 */

type Bytes = Uint8Array | Uint32Array | BigUint64Array | DataView;

const { i32, i64, pointer } = FFIType;

function openSymbols() {
  return openLibc({
    // Variadic in C; on Linux its arguments travel in the same registers as fixed ones, on x64 and on arm64.
    syscall: { args: [i64, i64, i64, i64, i64, i64, i64], returns: i64 },
    __errno_location: { args: [], returns: pointer },
    signal: { args: [i32, i64], returns: i64 },
  });
}

let opened: ReturnType<typeof openSymbols> | undefined;

const symbols = () => (opened ??= openSymbols());

/** The numbers that differ between the architectures; those from 424 on are the same everywhere. */
const numbers = {
  x64: { mount: 165, prctl: 157, capset: 126, seccomp: 317, execve: 59, memfdCreate: 319, flock: 73 },
  arm64: { mount: 40, prctl: 167, capset: 91, seccomp: 277, execve: 221, memfdCreate: 279, flock: 32 },
};

const number = (name: keyof typeof numbers.x64): number => numbers[process.arch === "arm64" ? "arm64" : "x64"][name];

const openTreeNumber = 428;
const moveMountNumber = 429;
const closeRangeNumber = 436;
const mountSetattrNumber = 442;

/** `AT_FDCWD`: paths are relative to the working directory. */
const here = -100;

function call(nr: number, ...args: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
  const answer = Number(symbols().syscall(nr, a, b, c, d, e, f));
  held.length = 0;
  if (answer !== -1) return answer;
  const place = symbols().__errno_location();
  return place === null ? -1 : -read.i32(place, 0);
}

/** Keeps what the next call is given a pointer to from being collected before. */
const held: Bytes[] = [];

function address(bytes: Bytes): number {
  held.push(bytes);
  return ptr(bytes);
}

const text = (value: string): number => address(Buffer.from(`${value}\0`));

/** mount(2) of a new file system. */
export const mountFileSystem = (type: string, target: string, flags: number, data = ""): number =>
  call(number("mount"), text(type), text(target), text(type), flags, text(data));

/** Flags of mount(2). */
export const mountFlags = { noSuid: 2, noDev: 4, noExec: 8 } as const;

const openTreeClone = 1;
const closeOnExec = 0x80000;
const recursive = 0x8000;
const noFollow = 0x100;
const emptyPath = 0x1000;

/**
 * open_tree(2): a detached copy of the mounts at and below `path`, as a descriptor. A symbolic link at the end of the path is
 * copied itself.
 */
export const copyMounts = (path: string): number =>
  call(openTreeNumber, here, text(path), openTreeClone | closeOnExec | recursive | noFollow);

const emptyFromPath = 4;

/** move_mount(2): puts a copy made by `copyMounts` over `target`, which may itself be a symbolic link. */
export const placeMounts = (tree: number, target: string): number =>
  call(moveMountNumber, tree, text(""), here, text(target), emptyFromPath);

/** Attributes of mount_setattr(2). */
export const mountAttributes = { readOnly: 1, noSuid: 2, noDev: 4 } as const;

/** mount_setattr(2), on the mounts at and below the mount point or the tree of `copyMounts`. */
export function setMountAttributes(at: string | number, attributes: number): number {
  const [folder, path] = typeof at === "string" ? [here, at] : [at, ""];
  const set = new BigUint64Array([BigInt(attributes), 0n, 0n, 0n]);
  return call(mountSetattrNumber, folder, text(path), recursive | emptyPath, address(set), set.byteLength);
}

/** mount_setattr(2): makes one mount read-only, and none of those below it. */
export function protectMount(path: string): number {
  const set = new BigUint64Array([BigInt(mountAttributes.readOnly), 0n, 0n, 0n]);
  return call(mountSetattrNumber, here, text(path), 0, address(set), set.byteLength);
}

const capabilityVersion3 = 0x20080522;
const dropFromBoundingSet = 24;
const ambient = 47;
const clearAmbient = 4;

/** Gives up every capability for good: bounding, ambient, permitted, effective, inheritable. */
export function dropCapabilities(): number {
  for (let capability = 0; capability < 64; capability++) {
    // The first number that the kernel does not know ends the list.
    if (call(number("prctl"), dropFromBoundingSet, capability) < 0) break;
  }
  call(number("prctl"), ambient, clearAmbient);
  return call(number("capset"), address(new Uint32Array([capabilityVersion3, 0])), address(new Uint32Array(6)));
}

const noNewPrivileges = 38;

/** prctl(2) PR_SET_NO_NEW_PRIVS: set-user-id programs give nothing from now on. */
export const forbidNewPrivileges = (): number => call(number("prctl"), noNewPrivileges, 1);

const setModeFilter = 1;

/** seccomp(2): loads a classic-BPF program for this thread and what it executes. */
export function loadSeccomp(program: Uint8Array): number {
  const header = new DataView(new ArrayBuffer(16));
  header.setUint16(0, program.byteLength / 8, true);
  header.setBigUint64(8, BigInt(address(program)), true);
  return call(number("seccomp"), setModeFilter, 0, address(header));
}

/** Descriptors from `first` on close when the next program is executed. */
export const closeOnExecFrom = (first: number): number => call(closeRangeNumber, first, 0x7fffffff, 4);

const brokenPipe = 13;
const fileTooLarge = 25;

/** Bun ignores SIGPIPE and SIGXFSZ, and an ignored signal stays so across execve(2): `yes | head` would never end. */
export function resetIgnoredSignals(): void {
  for (const signal of [brokenPipe, fileTooLarge]) symbols().signal(signal, 0);
}

const landlockNumbers = { createRuleset: 444, addRule: 445, restrictSelf: 446 };
const askVersion = 1;

/** The version of Landlock that the kernel has; 0 where it has none or it is switched off. */
export const landlockVersion = (): number => Math.max(0, call(landlockNumbers.createRuleset, 0, 0, askVersion));

/**
 * landlock_create_ruleset(2): rights of files, rights of the network, and scopes, as bits, that are denied from then on unless a
 * rule allows them. The descriptor. Kernels that know fewer of the three are told fewer.
 */
export function createLandlock(version: number, files: number, scopes: number): number {
  const rights = new BigUint64Array([BigInt(files), 0n, BigInt(scopes)]);
  const size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  return call(landlockNumbers.createRuleset, address(rights), size);
}

const belowPath = 1;

/** landlock_add_rule(2): allows rights on a file or a folder and what is in it, by its descriptor. */
export function allowBelow(ruleset: number, path: number, rights: number): number {
  const rule = new DataView(new ArrayBuffer(12));
  rule.setBigUint64(0, BigInt(rights), true);
  rule.setInt32(8, path, true);
  return call(landlockNumbers.addRule, ruleset, belowPath, address(rule));
}

/** landlock_restrict_self(2): for this thread and what it executes, for good. */
export const restrictSelf = (ruleset: number): number => call(landlockNumbers.restrictSelf, ruleset);

const parentDeathSignal = 1;
const killSignal = 9;

/** prctl(2) PR_SET_PDEATHSIG: this process is killed when who started it ends. */
export const dieWithParent = (): number => call(number("prctl"), parentDeathSignal, killSignal);

/** execve(2): becomes another program. Returns only on failure, the negated errno. */
export const becomeProgram = (path: string, argv: readonly string[], env: Readonly<Record<string, string>>): number =>
  call(number("execve"), text(path), list(argv), list(Object.entries(env).map(([name, value]) => `${name}=${value}`)));

const list = (values: readonly string[]): number =>
  address(new BigUint64Array([...values.map((value) => BigInt(text(value))), 0n]));

/** memfd_create(2): an anonymous file in memory, closed on exec. The descriptor. */
export const createMemoryFile = (name: string): number => call(number("memfdCreate"), text(name), 1);

const lockModes = { shared: 1, exclusive: 2 } as const;
const doNotWait = 4;

/** flock(2) on an open file. Without `wait` it answers -EWOULDBLOCK (-11) at once where another holds the lock. */
export const lockDescriptor = (fd: number, mode: keyof typeof lockModes, wait: boolean): number =>
  call(number("flock"), fd, lockModes[mode] | (wait ? 0 : doNotWait));

export const unlockDescriptor = (fd: number): number => call(number("flock"), fd, 8);
