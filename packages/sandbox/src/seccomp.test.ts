import { expect, test } from "bun:test";
import { verdicts } from "./bpf.ts";
import { seccompProgram } from "./seccomp.ts";

type Call = { readonly architecture: number; readonly number: number; readonly args?: readonly bigint[] };

/** Runs a program as the kernel would: an interpreter of the few instructions that filters use, after <linux/filter.h>. */
function verdictOf(program: Uint8Array, { architecture, number, args = [] }: Call): number {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, architecture, true);
  args.forEach((value, i) => data.setBigUint64(16 + 8 * i, BigInt.asUintN(64, value), true));
  const code = new DataView(program.buffer);
  let a = 0;
  for (let at = 0; ; at++) {
    const value = code.getUint32(at * 8 + 4, true);
    const jump = (holds: boolean): void => {
      at += code.getUint8(at * 8 + (holds ? 2 : 3));
    };
    switch (code.getUint16(at * 8, true)) {
      case 0x20:
        a = data.getUint32(value, true);
        break;
      case 0x54:
        a = (a & value) >>> 0;
        break;
      case 0x15:
        jump(a === value);
        break;
      case 0x35:
        jump(a >= value);
        break;
      case 0x45:
        jump((a & value) !== 0);
        break;
      case 0x06:
        return value;
      default:
        throw new Error(`unknown instruction at ${at}`);
    }
  }
}

const machines = {
  x64: {
    architecture: 0xc000003e,
    socket: 41,
    socketpair: 53,
    sendto: 44,
    sendmsg: 46,
    connect: 42,
    ptrace: 101,
    clone: 56,
  },
  arm64: {
    architecture: 0xc00000b7,
    socket: 198,
    socketpair: 199,
    sendto: 206,
    sendmsg: 211,
    connect: 203,
    ptrace: 117,
    clone: 220,
  },
} as const;

const { allow, deny, kill, unknownCall } = verdicts;

for (const name of ["x64", "arm64"] as const) {
  const { architecture, ...nr } = machines[name];
  const restricted = seccompProgram(false, name);
  const networked = seccompProgram(true, name);
  const ask = (program: Uint8Array, number: number, ...args: (number | bigint)[]): number =>
    verdictOf(program, { architecture, number, args: args.map(BigInt) });

  test(`${name}: sockets without network are Unix streams`, () => {
    for (const call of [nr.socket, nr.socketpair]) {
      for (const [family, type, verdict] of [
        [1, 1, allow],
        [1, 5 | 0x80000, allow],
        [1, 1 | 0x80800, allow],
        [1, 2, deny],
        [1, 3 | 0x80000, deny],
        [2, 1, deny],
        [10, 1, deny],
        [16, 3, deny],
        [40, 1, deny],
      ] as const) {
        expect(ask(restricted, call, family, type)).toBe(verdict);
      }
    }
  });

  test(`${name}: sending needs a connection, connecting is denied`, () => {
    expect(ask(restricted, nr.sendto, 3, 4096, 1, 0, 0, 0)).toBe(allow);
    expect(ask(restricted, nr.sendto, 3, 4096, 1, 0, 8, 0)).toBe(deny);
    // An address whose low half is zero is an address.
    expect(ask(restricted, nr.sendto, 3, 4096, 1, 0, 0x7f00000000n, 0)).toBe(deny);
    expect(ask(restricted, nr.sendmsg, 3, 4096, 0)).toBe(allow);
    expect(ask(restricted, nr.connect, 3, 4096, 16)).toBe(deny);
  });

  test(`${name}: with network all but virtual-machine sockets`, () => {
    for (const family of [1, 2, 10]) expect(ask(networked, nr.socket, family, 2)).toBe(allow);
    expect(ask(networked, nr.socket, 40, 1)).toBe(deny);
    expect(ask(networked, nr.connect, 3, 4096, 16)).toBe(allow);
  });

  test(`${name}: in both, no tracing, no rings, no new user namespaces, no typing into terminals`, () => {
    for (const program of [restricted, networked]) {
      for (const call of [nr.ptrace, 425, 426, 427, 438]) expect(ask(program, call)).toBe(deny);
      expect(ask(program, nr.clone, 0x11)).toBe(allow);
      expect(ask(program, nr.clone, 0x10000011)).toBe(deny);
      expect(ask(program, 435)).toBe(unknownCall);
      expect(ask(program, name === "x64" ? 16 : 29, 0, 0x5412)).toBe(deny);
      expect(ask(program, name === "x64" ? 16 : 29, 0, 0x5413)).toBe(allow);
      expect(ask(program, 0)).toBe(allow);
    }
  });

  test(`${name}: another architecture ends the process`, () => {
    expect(verdictOf(restricted, { architecture: 0x40000003, number: 0 })).toBe(kill);
  });
}

test("x64: calls of the x32 convention do not exist", () => {
  const call = { architecture: machines.x64.architecture, number: 0x40000000 + machines.x64.socket };
  expect(verdictOf(seccompProgram(false, "x64"), call)).toBe(unknownCall);
});
