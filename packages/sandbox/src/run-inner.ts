import {
  becomeProgram,
  closeOnExecFrom,
  copyMounts,
  dropCapabilities,
  forbidNewPrivileges,
  loadSeccomp,
  mountAttributes,
  mountFileSystem,
  mountFlags,
  placeMounts,
  protectMount,
  resetIgnoredSignals,
  setMountAttributes,
} from "@codex/platform/libc";
import { listenOnLoopback, raiseLoopback, sendDescriptors } from "@codex/platform/listening-sockets";
import {
  changeFolder,
  endProcess,
  makeDeviceFolder,
  makeMountPoint,
  readOrder,
  terminalPath,
} from "@codex/platform/inner-process";
import { pathKind } from "@codex/platform/read-file";
import { deniedMode, type Confinement } from "./bubblewrap.ts";
import { confineByLandlock } from "./landlock.ts";
import type { InnerOrder } from "./namespaces.ts";
import { proxyPorts } from "./network/proxy-environment.ts";
import type { Mount } from "./mount.ts";
import { seccompProgram } from "./seccomp.ts";

/**
 * The stage inside fresh namespaces: makes the mounts, gives up every privilege and becomes the command. `descriptor` holds
 * an `InnerOrder`. Any failure ends the process with code 126 before the command could run.
 *
 * It is started for each command, so it loads nothing but this.
 */
export function runInner(descriptor = 3): never {
  try {
    const order: InnerOrder = readOrder(descriptor);
    if (order.landlock !== undefined) confineByLandlock(order.landlock);
    else if (!order.mounted) makeMounts(order);
    if (order.confinement.gate !== undefined) openGate(order.mounted);
    changeFolder(order.cwd);
    const { network, gate } = order.confinement;
    const frozen = order.landlock !== undefined && order.landlock.writable.length === 0;
    const program = seccompProgram(network, process.arch === "arm64" ? "arm64" : "x64", gate, frozen);
    must("give up capabilities", dropCapabilities());
    must("forbid new privileges", forbidNewPrivileges());
    must("close inherited descriptors", closeOnExecFrom(3));
    resetIgnoredSignals();
    must("load the system call filter", loadSeccomp(program));
    must(`run ${order.argv[0]}`, becomeProgram(order.argv[0] ?? "", order.argv, order.env));
  } catch (error) {
    endProcess(
      126,
      `codex: the sandbox could not be set up: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return endProcess(126, "codex: the sandbox could not start the command");
}

/** Listens for the command's requests, and hands that over to who answers them (see `openExit`): we are about to be gone. */
function openGate(loopbackIsUp: boolean): void {
  if (!loopbackIsUp) raiseLoopback();
  sendDescriptors([4, 5], [listenOnLoopback(proxyPorts.http), listenOnLoopback(proxyPorts.socks)]);
}

function must(what: string, answer: number): number {
  if (answer < 0) throw new Error(`could not ${what} (errno ${-answer})`);
  return answer;
}

/**
 * The copies are taken while everything is as it was, so that a folder which is read-only outside stays so. Then all becomes
 * read-only, and the copies are laid over it.
 */
function makeMounts({ confinement, tty, links }: InnerOrder): void {
  const mounts = confinement.mounts.map((mount) => ({
    mount,
    isFolder: pathKind(mount.path) === "directory",
    tree: mount.access === "denied" ? -1 : copyFor(mount),
  }));
  const devices = [...deviceNames.map((name) => ({ name, tree: copyMounts(`/dev/${name}`) })), ...console(tty)];
  const { readOnly, noSuid } = mountAttributes;
  must("make the file system read-only", setMountAttributes("/", readOnly | noSuid));
  makeDevices(devices.filter(({ tree }) => tree >= 0));
  for (const { mount, tree, isFolder } of mounts) {
    // What covers a folder around it may have taken it away.
    makeMountPoint(mount.path, isFolder);
    if (mount.access === "denied") coverFolder(mount.path, confinement.mounts);
    else must(`mount ${mount.path}`, placeMounts(tree, mount.path));
  }
  for (const { mount } of mounts) if (mount.access === "denied") must("protect", protectMount(mount.path));
  // Older kernels refuse: there the launcher puts a replaced link back afterwards.
  for (const link of links) placeMounts(copyMounts(link), link);
  makeProc(confinement);
}

/** An empty folder of its own in its place. */
function coverFolder(path: string, all: readonly Mount[]): void {
  const { noSuid, noDev } = mountFlags;
  must(`deny ${path}`, mountFileSystem("tmpfs", path, noSuid | noDev, `mode=${deniedMode(path, all)}`));
}

function copyFor({ path, access }: Mount): number {
  const tree = must(`find ${path}`, copyMounts(access === "hidden" ? "/dev/null" : path));
  const { readOnly, noSuid, noDev } = mountAttributes;
  must(`protect ${path}`, setMountAttributes(tree, (access === "write" ? 0 : readOnly) | noSuid | noDev));
  return tree;
}

const deviceNames = ["null", "zero", "full", "random", "urandom", "tty"];

/** The command's terminal by the name under which ttyname(3) looks for one that is not in /dev/pts. */
const console = (tty: boolean) => (tty ? [{ name: "console", tree: copyMounts(terminalPath()) }] : []);

/** Root's disks and memory are files in /dev, and a read-only mount does not stop writing to a device. */
function makeDevices(devices: readonly { name: string; tree: number }[]): void {
  const { noSuid, noExec, noDev } = mountFlags;
  must("mount /dev", mountFileSystem("tmpfs", "/dev", noSuid | noExec, "mode=0755"));
  makeDeviceFolder(devices.map(({ name }) => name));
  for (const { name, tree } of devices) must(`mount /dev/${name}`, placeMounts(tree, `/dev/${name}`));
  must("mount /dev/pts", mountFileSystem("devpts", "/dev/pts", noSuid | noExec, "newinstance,ptmxmode=0666,mode=620"));
  must("mount /dev/shm", mountFileSystem("tmpfs", "/dev/shm", noSuid | noDev, "mode=1777"));
}

function makeProc({ proc, machineFiles }: Confinement): void {
  const { noSuid, noExec, noDev } = mountFlags;
  if (!proc) return;
  must("mount /proc", mountFileSystem("proc", "/proc", noSuid | noExec | noDev));
  for (const path of machineFiles) {
    const tree = copyMounts(path);
    // The new /proc does not show everything that the old one did.
    if (tree < 0) continue;
    must(`protect ${path}`, setMountAttributes(tree, mountAttributes.readOnly));
    must(`mount ${path}`, placeMounts(tree, path));
  }
}
