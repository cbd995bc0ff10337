/**
 * Run as a program, `FOLDER OUTSIDE`: until it is ended the folder is now itself, now a link to the one outside, and never
 * nothing. Prints a line when it has begun. Linux.
 */
import { dlopen } from "bun:ffi";
import { symlinkSync } from "node:fs";

const [folder = "", outside = ""] = process.argv.slice(2);
const link = `${folder}.link`;
symlinkSync(outside, link);
const { symbols } = dlopen("libc.so.6", {
  renameat2: { args: ["i32", "cstring", "i32", "cstring", "u32"], returns: "i32" },
});
const [atWorkingFolder, exchange] = [-100, 2];
const one = Buffer.from(`${folder}\0`);
const other = Buffer.from(`${link}\0`);
for (let turns = 0; ; turns++) {
  if (symbols.renameat2(atWorkingFolder, one, atWorkingFolder, other, exchange) !== 0) throw new Error("not exchanged");
  if (turns === 0) console.log("begun");
}
