import { expect, test } from "bun:test";
import { printable } from "./printable.ts";

const dangers: [what: string, text: string, left: string][] = [
  ["colours", "a\x1b[31mred\x1b[0mb", "aredb"],
  ["moving the cursor and clearing", "a\x1b[2J\x1b[1;1Hb", "ab"],
  ["the window's title, ended by a bell", "a\x1b]0;title\x07b", "ab"],
  ["the clipboard, ended by ST", "a\x1b]52;c;aGk=\x1b\\b", "ab"],
  ["a link", "\x1b]8;;http://x\x1b\\here\x1b]8;;\x1b\\", "here"],
  ["device control strings", "a\x1bPq#0\x1b\\b", "ab"],
  ["two-character escapes", "a\x1bcb\x1b(Bc", "abc"],
  ["an escape that is cut off", "a\x1b", "a"],
  ["one cut off inside its parameters", "a\x1b[12", "a12"],
  ["the eight-bit control characters", "a\x9b31mb\x9d", "a31mb"],
  ["backspace, bell, carriage return and delete", "a\b\x07\r\x7fb", "ab"],
];
test.each(dangers)("takes out %s", (_what, text, left) => {
  expect(printable(text)).toBe(left);
});

test("leaves tabs, new lines and every other letter alone", () => {
  const text = "a\tb\nc — ä 漢字 🎉 \u00a0 [31m";
  expect(printable(text)).toBe(text);
});
