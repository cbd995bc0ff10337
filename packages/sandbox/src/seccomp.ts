import { assemble, verdicts, type Condition, type Machine, type Rule } from "./bpf.ts";

/**
 * The system calls that a confined command may not make, as a classic-BPF program. Allowed unless listed; "denied" is EPERM.
 * The namespaces and mounts keep the command in; this closes what they leave open: sockets, tracing, kernel interfaces.
 */

type Architecture = "x64" | "arm64";

const machines = {
  x64: { architecture: 0xc000003e, x32: 0x40000000 },
  arm64: { architecture: 0xc00000b7 },
} as const satisfies Record<Architecture, Machine>;

/** `io_uring`, `pidfd_getfd` and `clone3` have the same numbers everywhere. Source: the kernel's syscall tables. */
const numbers = {
  x64: {
    ptrace: 101,
    processVmReadv: 310,
    processVmWritev: 311,
    ioctl: 16,
    clone: 56,
    unshare: 272,
    addKey: 248,
    requestKey: 249,
    keyctl: 250,
    userfaultfd: 323,
    bpf: 321,
    socket: 41,
    socketpair: 53,
    connect: 42,
    accept: 43,
    accept4: 288,
    bind: 49,
    listen: 50,
    sendto: 44,
    sendmmsg: 307,
    recvmmsg: 299,
  },
  arm64: {
    ptrace: 117,
    processVmReadv: 270,
    processVmWritev: 271,
    ioctl: 29,
    clone: 220,
    unshare: 97,
    addKey: 217,
    requestKey: 218,
    keyctl: 219,
    userfaultfd: 282,
    bpf: 280,
    socket: 198,
    socketpair: 199,
    connect: 203,
    accept: 202,
    accept4: 242,
    bind: 200,
    listen: 201,
    sendto: 206,
    sendmmsg: 269,
    recvmmsg: 243,
  },
} as const;

const ioUring = [425, 426, 427];
const pidfdGetfd = 438;
const clone3 = 435;

const newUserNamespace = 0x10000000;
const unixFamily = 1;
const internetFamilies = [2, 10];
const vsockFamily = 40;
const stream = 1;
const seqpacket = 5;
const socketTypeMask = 0xf;
const whole = 0xffffffff;
/** Types characters into a terminal, or pastes into the console: as good as a keyboard outside. */
const injectInput = [0x5412, 0x541c];

/**
 * The calls that change a file's mode, owner, dates or labels, for which it need not be writable: mounts keep them off, Landlock
 * does not. `fchmodat2`, `setxattrat`, `removexattrat` and `file_setattr` have the same numbers everywhere.
 */
const attributeCalls = {
  x64: [90, 91, 92, 93, 94, 132, 188, 189, 190, 197, 198, 199, 235, 260, 261, 268, 280, 452, 463, 466, 469],
  arm64: [5, 6, 7, 14, 15, 16, 52, 53, 54, 55, 88, 452, 463, 466, 469],
} as const satisfies Record<Architecture, readonly number[]>;
/** FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR */
const setAttributes = [0x40086602, 0x401c5820];

/**
 * The program for a command without (`network: false`) or with network access, or with our proxies only. `frozen`: no file may
 * change, and nothing but this program keeps their attributes as they are.
 */
export function seccompProgram(
  network: boolean,
  architecture: Architecture,
  gate?: { readonly unixSockets: boolean },
  frozen = false,
): Uint8Array {
  const nr = numbers[architecture];
  const sockets = gate ? rulesWithGate(nr, gate.unixSockets) : (network ? rulesWithNetwork : rulesWithoutNetwork)(nr);
  const orders = frozen ? [...injectInput, ...setAttributes] : injectInput;
  const files = frozen ? attributeCalls[architecture].map(denied) : [];
  return assemble(machines[architecture], [...rulesForAll(nr, orders), ...sockets, ...files]);
}

const unixStreamOnly: readonly Condition[] = [
  { argument: 0, mask: whole, oneOf: [unixFamily] },
  { argument: 1, mask: socketTypeMask, oneOf: [stream, seqpacket] },
];

type Numbers = { readonly [Name in keyof typeof numbers.x64]: number };

const denied = (call: number): Rule => ({ call, verdict: verdicts.deny });

function rulesForAll(nr: Numbers, deniedOrders: readonly number[]): Rule[] {
  return [
    ...[nr.ptrace, nr.processVmReadv, nr.processVmWritev, pidfdGetfd, ...ioUring].map(denied),
    ...[nr.addKey, nr.requestKey, nr.keyctl, nr.userfaultfd, nr.bpf].map(denied),
    // A namespace of its own would give it capabilities to attack the kernel with. clone3 hides its flags behind a pointer;
    // "unknown call" makes the C libraries fall back to clone.
    { call: nr.clone, verdict: verdicts.deny, when: { argument: 0, anyBit: newUserNamespace } },
    { call: nr.unshare, verdict: verdicts.deny, when: { argument: 0, anyBit: newUserNamespace } },
    { call: clone3, verdict: verdicts.unknownCall },
    { call: nr.ioctl, verdict: verdicts.deny, when: { argument: 1, mask: whole, oneOf: deniedOrders } },
  ];
}

/** Sockets of the machine's virtualisation host stay out of reach. */
const rulesWithNetwork = (nr: Numbers): Rule[] =>
  [nr.socket, nr.socketpair].map((call) => ({
    call,
    verdict: verdicts.deny,
    when: { argument: 0, mask: whole, oneOf: [vsockFamily] },
  }));

/**
 * Internet sockets lead nowhere but to our proxies. Unix sockets could be connected to any that the host has, abstract ones
 * excepted, so none can be made where the person did not allow them; pairs can, but for those that can name a destination.
 */
function rulesWithGate(nr: Numbers, unixSockets: boolean): Rule[] {
  const families = unixSockets ? [...internetFamilies, unixFamily] : internetFamilies;
  return [
    { call: nr.socket, verdict: verdicts.deny, unless: [{ argument: 0, mask: whole, oneOf: families }] },
    { call: nr.socketpair, verdict: verdicts.deny, unless: unixStreamOnly },
  ];
}

/**
 * Only unconnected Unix stream sockets can be made, and pairs of them, which is what pipes between processes are built on.
 * Datagram sockets (and raw ones, which the kernel turns into datagram) are denied, in pairs too: sendmsg(2) can name any
 * host socket as their destination, and a filter cannot read the name.
 */
function rulesWithoutNetwork(nr: Numbers): Rule[] {
  const unconnectable = [nr.connect, nr.accept, nr.accept4, nr.bind, nr.listen, nr.sendmmsg, nr.recvmmsg].map(denied);
  const onlyUnixStreams = [nr.socket, nr.socketpair].map((call): Rule => ({
    call,
    verdict: verdicts.deny,
    unless: unixStreamOnly,
  }));
  return [
    ...unconnectable,
    { call: nr.sendto, verdict: verdicts.deny, when: { argument: 4, notNull: true } },
    ...onlyUnixStreams,
  ];
}
