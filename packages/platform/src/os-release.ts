import { readFileSync } from "node:fs";
import { arch, release, type } from "node:os";

/** The machine as a User-Agent names it: `{ name: "Debian", version: "12.0.0", arch: "x86_64" }`. */
export type OsRelease = { name: string; version: string; arch: string };

/** Reads the distribution from /etc/os-release; elsewhere than on Linux, the kernel's name and release. */
export function osRelease(readFile: (path: string) => string = (path) => readFileSync(path, "utf8")): OsRelease {
  const machine = archNames[arch()] ?? arch();
  try {
    return { ...parseOsRelease(readFile("/etc/os-release")), arch: machine };
  } catch {
    return { name: type() === "Darwin" ? "Mac OS" : type(), version: release(), arch: machine };
  }
}

/** Source of the forms: requests of the original on Debian (`Debian 12.0.0`: the version always has three parts). */
export function parseOsRelease(text: string): { name: string; version: string } {
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, "m").exec(text)?.[1];
  const name = (value("NAME") ?? "Linux").replace(/ GNU\/Linux$/, "");
  return { name, version: threeParts(value("VERSION_ID") ?? "Unknown") };
}

function threeParts(version: string): string {
  if (!/^\d+(\.\d+){0,2}$/.test(version)) return version;
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return `${major}.${minor}.${patch}`;
}

const archNames: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "arm64" };
