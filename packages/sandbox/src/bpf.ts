/**
 * Classic BPF as seccomp(2) takes it. A program is a list of rules, each of which answers for one system call; what no rule
 * answers for is allowed. Layout and numbers: <linux/filter.h>, <linux/seccomp.h>.
 */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, value: number];

const load = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const jumpIfAnyBit = 0x45;
const and = 0x54;
const answer = 0x06;

/** Offsets in `struct seccomp_data`. Arguments are 64 bits wide; their low halves come first on both architectures. */
const offsets = {
  number: 0,
  architecture: 4,
  argument: (index: number) => 16 + 8 * index,
  highHalf: (index: number) => 20 + 8 * index,
};

/** What the kernel does with a call. */
export const verdicts = { allow: 0x7fff0000, deny: 0x00050001, unknownCall: 0x00050026, kill: 0x80000000 } as const;

/** A condition on a call's arguments (low 32 bits). */
export type Condition =
  | { readonly argument: number; readonly mask: number; readonly oneOf: readonly number[] }
  | { readonly argument: number; readonly anyBit: number }
  | { readonly argument: number; readonly notNull: true };

/** The call gets `verdict`: always, only `when` a condition holds, or `unless` all of several hold. One rule a call. */
export type Rule = {
  readonly call: number;
  readonly verdict: number;
  readonly when?: Condition;
  readonly unless?: readonly Condition[];
};

/** `x32` is where the numbers of the x32 calling convention begin, on x64: those calls do not exist for us. */
export type Machine = { readonly architecture: number; readonly x32?: number };

/** The program's bytes. */
export function assemble(machine: Machine, rules: readonly Rule[]): Uint8Array {
  const program: Instruction[] = [
    [load, 0, 0, offsets.architecture],
    [jumpIfEqual, 1, 0, machine.architecture],
    [answer, 0, 0, verdicts.kill],
    [load, 0, 0, offsets.number],
  ];
  if (machine.x32 !== undefined) {
    program.push([jumpIfAtLeast, 0, 1, machine.x32], [answer, 0, 0, verdicts.unknownCall]);
  }
  for (const rule of rules) program.push(...ruleCode(rule));
  program.push([answer, 0, 0, verdicts.allow]);
  return encode(program);
}

/** Where the call is another one, its number is still loaded at the end, so that rules can follow one another. */
function ruleCode({ call, verdict, when, unless }: Rule): Instruction[] {
  const deny: Instruction[] = [[answer, 0, 0, verdict]];
  const allow: Instruction[] = [[answer, 0, 0, verdicts.allow]];
  const decide = (): Instruction[] => {
    if (when !== undefined) return branch(when, deny, allow);
    if (unless !== undefined) return unless.reduceRight((inner, condition) => branch(condition, inner, deny), allow);
    return deny;
  };
  const body = decide();
  return [[jumpIfEqual, 0, body.length, call], ...body];
}

/** Code that continues with `yes` if the condition holds and with `no` if not. Both must end in an answer. */
function branch(condition: Condition, yes: Instruction[], no: Instruction[]): Instruction[] {
  if ("oneOf" in condition) {
    const { oneOf, mask } = condition;
    const tests = oneOf.map((value, i): Instruction => [
      jumpIfEqual,
      oneOf.length - 1 - i,
      i === oneOf.length - 1 ? yes.length : 0,
      value,
    ]);
    return [[load, 0, 0, offsets.argument(condition.argument)], [and, 0, 0, mask], ...tests, ...yes, ...no];
  }
  if ("anyBit" in condition) {
    return [
      [load, 0, 0, offsets.argument(condition.argument)],
      [jumpIfAnyBit, 0, yes.length, condition.anyBit],
      ...yes,
      ...no,
    ];
  }
  return [
    [load, 0, 0, offsets.argument(condition.argument)],
    [jumpIfEqual, 0, 2, 0],
    [load, 0, 0, offsets.highHalf(condition.argument)],
    [jumpIfEqual, yes.length, 0, 0],
    ...yes,
    ...no,
  ];
}

function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  program.forEach(([code, ifTrue, ifFalse, value], i) => {
    bytes.setUint16(i * 8, code, true);
    bytes.setUint8(i * 8 + 2, ifTrue);
    bytes.setUint8(i * 8 + 3, ifFalse);
    bytes.setUint32(i * 8 + 4, value >>> 0, true);
  });
  return new Uint8Array(bytes.buffer);
}
