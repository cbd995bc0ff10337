import { constants } from "node:os";

/** Why the machine refused a file operation, for programs (`code`) and as the system words it (`message`). */
export type FileError = { readonly code: FileErrorCode; readonly message: string };

export type FileErrorCode =
  | "fileNotFound"
  | "fileExists"
  | "filePermission"
  | "notDirectory"
  | "isDirectory"
  | "directoryNotEmpty"
  | "fileFailed";

const known: { readonly [errno: string]: readonly [FileErrorCode, string] | undefined } = {
  ENOENT: ["fileNotFound", "No such file or directory"],
  EEXIST: ["fileExists", "File exists"],
  EACCES: ["filePermission", "Permission denied"],
  EPERM: ["filePermission", "Operation not permitted"],
  EROFS: ["filePermission", "Read-only file system"],
  ENOTDIR: ["notDirectory", "Not a directory"],
  EISDIR: ["isDirectory", "Is a directory"],
  ENOTEMPTY: ["directoryNotEmpty", "Directory not empty"],
  ELOOP: ["fileFailed", "Too many levels of symbolic links"],
  ENOSPC: ["fileFailed", "No space left on device"],
  EDQUOT: ["fileFailed", "Disk quota exceeded"],
  ENAMETOOLONG: ["fileFailed", "File name too long"],
  EMFILE: ["fileFailed", "Too many open files"],
  EBADF: ["fileFailed", "Bad file descriptor"],
  EBUSY: ["fileFailed", "Device or resource busy"],
  EINVAL: ["fileFailed", "Invalid argument"],
  ETXTBSY: ["fileFailed", "Text file busy"],
};

/** Turns what a file call threw into an error that names no path: `Permission denied (os error 13)`. */
export function fileErrorOf(thrown: unknown): FileError {
  const errno = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const [code, text] = known[errno] ?? ["fileFailed", thrown instanceof Error ? thrown.message : String(thrown)];
  const number = numbers.get(errno);
  return { code, message: number === undefined ? text : `${text} (os error ${number})` };
}

const numbers: ReadonlyMap<string, number> = new Map(Object.entries(constants.errno));
