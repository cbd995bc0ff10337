import {
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** What the stage inside a sandbox does with its own process and its private /dev; of no use elsewhere. */

/** The JSON on a descriptor, which only our own launcher can have written. */
export const readOrder = (descriptor: number) => JSON.parse(readFileSync(descriptor, "utf8"));

export const changeFolder = (path: string): void => process.chdir(path);

/** Ends the process with a line on stderr. */
export function endProcess(code: number, message: string): never {
  writeSync(2, `${message}\n`);
  process.exit(code);
}

/** The device behind standard input: `/dev/pts/5`. */
export const terminalPath = (): string => readlinkSync("/proc/self/fd/0");

/** Fills an empty /dev with mount points and the usual links. */
export function makeDeviceFolder(files: readonly string[]): void {
  for (const name of files) writeFileSync(`/dev/${name}`, "");
  for (const name of ["pts", "shm"]) mkdirSync(`/dev/${name}`);
  for (const [name, target] of links) symlinkSync(target, `/dev/${name}`);
}

const links = [
  ["ptmx", "pts/ptmx"],
  ["fd", "/proc/self/fd"],
  ["stdin", "/proc/self/fd/0"],
  ["stdout", "/proc/self/fd/1"],
  ["stderr", "/proc/self/fd/2"],
] as const;

/** Something to mount on, where a folder that was covered no longer has it. */
export function makeMountPoint(path: string, isFolder: boolean): void {
  if (existsSync(path)) return;
  mkdirSync(isFolder ? path : dirname(path), { recursive: true });
  if (!isFolder) writeFileSync(path, "");
}

/** O_PATH: a handle on the name, without any right to its content. */
const onlyPath = 0o10000000;

/** What stands at a path, as a descriptor that closes when the next program is executed; undefined where nothing does. */
export function openForRule(path: string): { readonly descriptor: number; readonly isFolder: boolean } | undefined {
  try {
    const descriptor = openSync(path, onlyPath);
    return { descriptor, isFolder: fstatSync(descriptor).isDirectory() };
  } catch {
    return undefined;
  }
}
