import { expect, test } from "bun:test";
import { osRelease, parseOsRelease } from "./os-release.ts";

test("parseOsRelease names distributions as the original's requests do", () => {
  expect(parseOsRelease('NAME="Debian GNU/Linux"\nVERSION_ID="12"\n')).toEqual({ name: "Debian", version: "12.0.0" });
  expect(parseOsRelease("NAME=Ubuntu\nVERSION_ID=24.04\n")).toEqual({ name: "Ubuntu", version: "24.4.0" });
  expect(parseOsRelease('NAME="Arch Linux"\n')).toEqual({ name: "Arch Linux", version: "Unknown" });
});

test("osRelease falls back to the kernel", () => {
  const found = osRelease(() => {
    throw new Error("no such file");
  });
  expect(found.name).not.toBe("");
  expect(found.version).toMatch(/\d/);
});
