/** Run as a program: tries to attach to a process as a debugger does, and says whether that went well. Linux only. */
import { dlopen, FFIType } from "bun:ffi";

const { i64, i32 } = FFIType;
const { symbols } = dlopen("libc.so.6", { ptrace: { args: [i64, i32, i64, i64], returns: i64 } });
const seize = 0x4206;
console.log(Number(symbols.ptrace(seize, Number(process.argv[2]), 0, 0)) === 0 ? "attached" : "refused");
