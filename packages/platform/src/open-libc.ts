import { dlopen, type FFIFunction, type Library } from "bun:ffi";

/** Functions of the C library by name; throws where the system has none that we know. Costs about 0.5 ms: open it when needed. */
export function openLibc<Functions extends Record<string, FFIFunction>>(
  functions: Functions,
): Library<Functions>["symbols"] {
  const [first, second] = names();
  try {
    return dlopen(first, functions).symbols;
  } catch (error) {
    if (second === undefined) throw error;
    return dlopen(second, functions).symbols;
  }
}

/** glibc's, then musl's. */
function names(): [string, string?] {
  if (process.platform === "darwin") return ["libSystem.B.dylib"];
  return ["libc.so.6", `libc.musl-${process.arch === "arm64" ? "aarch64" : "x86_64"}.so.1`];
}
