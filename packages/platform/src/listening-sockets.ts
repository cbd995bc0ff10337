import { closeSync, writeSync } from "node:fs";
import { FFIType, ptr } from "bun:ffi";
import { openLibc } from "./open-libc.ts";
import { openPipe } from "./pipe.ts";

/**
 * Sockets that listen in another network namespace than the one we serve them from. A socket stays in the namespace that made
 * it, so a process in there makes it and sends it over a pair of Unix sockets (unix(7), SCM_RIGHTS). Linux only.
 */

const { i32, u64, pointer } = FFIType;

let loaded: ReturnType<typeof load> | undefined;
const libc = () => (loaded ??= load());

function load() {
  return openLibc({
    socketpair: { args: [i32, i32, i32, pointer], returns: i32 },
    socket: { args: [i32, i32, i32], returns: i32 },
    bind: { args: [i32, pointer, i32], returns: i32 },
    listen: { args: [i32, i32], returns: i32 },
    // Variadic in C; on Linux its arguments travel in the same registers as fixed ones, on x64 and on arm64.
    ioctl: { args: [i32, u64, pointer], returns: i32 },
    sendmsg: { args: [i32, pointer, i32], returns: FFIType.i64 },
    recvmsg: { args: [i32, pointer, i32], returns: FFIType.i64 },
  });
}

const unixFamily = 1;
const internetFamily = 2;
const stream = 1;
const closeOnExec = 0o2000000;
const nonBlocking = 0o4000;

function must(what: string, answer: number): number {
  if (answer < 0) throw new Error(`could not ${what}`);
  return answer;
}

/** Which no child inherits unless it is given them. */
function openSocketPair(): { near: number; far: number } {
  const ends = new Int32Array(2);
  must("open a socket pair", libc().socketpair(unixFamily, stream | closeOnExec, 0, ptr(ends)));
  const [near = -1, far = -1] = ends;
  return { near, far };
}

/** Brings the loopback interface of a fresh network namespace up. Throws where that is not allowed. */
export function raiseLoopback(): void {
  const socket = must("open a socket", libc().socket(internetFamily, stream | closeOnExec, 0));
  // struct ifreq of netdevice(7): the name in 16 bytes, then the flags.
  const request = Buffer.alloc(40);
  request.write("lo");
  request.writeUInt16LE(interfaceUp, 16);
  must("bring the loopback interface up", libc().ioctl(socket, setInterfaceFlags, ptr(request)));
  closeSync(socket);
}

const setInterfaceFlags = 0x8914n;
const interfaceUp = 1;

/** A TCP socket that listens on 127.0.0.1, as a descriptor that is closed on exec. Throws where the port is taken. */
export function listenOnLoopback(port: number): number {
  const socket = must("open a socket", libc().socket(internetFamily, stream | closeOnExec | nonBlocking, 0));
  const address = Buffer.alloc(16);
  address.writeUInt16LE(internetFamily, 0);
  address.writeUInt16BE(port, 2);
  address.set([127, 0, 0, 1], 4);
  must(`bind port ${port}`, libc().bind(socket, ptr(address), address.byteLength));
  must(`listen on port ${port}`, libc().listen(socket, backlog));
  return socket;
}

const backlog = 512;

/** What a child gets to send descriptors with, and what comes of it. */
export type ExpectedDescriptors = {
  /** The child's `over` and `told`; they stay ours to close. */
  readonly handedOver: readonly [over: number, told: number];
  /** What it sent; none where it ended before, or `close` was called. Never rejects. */
  readonly arrived: Promise<readonly number[]>;
  /** Call once. What has arrived stays open. */
  close(): void;
};

/** Waits for `count` descriptors from a child. A pipe beside the socket tells of them, since only reading can be awaited. */
export function expectDescriptors(count: number): ExpectedDescriptors {
  const pair = openSocketPair();
  const pipe = openPipe();
  let closed = false;
  const arrive = async (): Promise<readonly number[]> => {
    const told = await firstByte(pipe.read);
    return told && !closed ? receiveDescriptors(pair.near, count) : [];
  };
  return {
    handedOver: [pair.far, pipe.write],
    arrived: arrive(),
    close() {
      closed = true;
      for (const descriptor of [pair.near, pair.far, pipe.write]) closeSync(descriptor);
    },
  };
}

/** False at the end of the pipe, which it closes either way. */
async function firstByte(pipe: number): Promise<boolean> {
  try {
    for await (const bytes of Bun.file(pipe).stream()) if (bytes.byteLength > 0) return true;
    return false;
  } finally {
    closeSync(pipe);
  }
}

/** Sends descriptors, which stay ours as well, to who expects them. Throws where nobody does. */
export function sendDescriptors([over, told]: readonly [number, number], descriptors: readonly number[]): void {
  const message = messageFor(descriptors.length);
  descriptors.forEach((descriptor, i) => message.control.writeInt32LE(descriptor, controlHead + 4 * i));
  must("send descriptors", Number(libc().sendmsg(over, ptr(message.head), withoutSignal)));
  writeSync(told, "\n");
}

/** Takes the descriptors of a message that has arrived; an empty list where none has, or it holds others than `count`. */
function receiveDescriptors(over: number, count: number): number[] {
  const message = messageFor(count);
  const got = Number(libc().recvmsg(over, ptr(message.head), doNotWait | closeReceivedOnExec));
  if (got !== 1 || message.control.readBigUInt64LE(0) !== BigInt(controlHead + 4 * count)) return [];
  return Array.from({ length: count }, (_, i) => message.control.readInt32LE(controlHead + 4 * i));
}

const withoutSignal = 0x4000;
const doNotWait = 0x40;
const closeReceivedOnExec = 0x40000000;
const controlHead = 16;
const socketLevel = 1;
const rights = 1;

/** struct msghdr with one byte of text and room for `count` descriptors; cmsg(3). The parts must outlive the call. */
function messageFor(count: number) {
  const text = Buffer.alloc(1);
  const vector = new BigUint64Array([BigInt(ptr(text)), 1n]);
  const control = Buffer.alloc(controlHead + 8 * Math.ceil(count / 2));
  control.writeBigUInt64LE(BigInt(controlHead + 4 * count), 0);
  control.writeInt32LE(socketLevel, 8);
  control.writeInt32LE(rights, 12);
  const parts = [0n, 0n, BigInt(ptr(vector)), 1n, BigInt(ptr(control)), BigInt(controlHead + 4 * count), 0n];
  return { head: new BigUint64Array(parts), control, text, vector };
}
