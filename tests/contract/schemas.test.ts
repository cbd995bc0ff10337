/**
 * The contract: what our program prints of the protocol is what the original prints, but for the differences in
 * differences.yaml. Skipped where scripts/original.sh has not installed the original.
 */
import { describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import { findOriginal } from "../parity/find-original.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { sameTypes } from "./same-types.ts";

const original = findOriginal();
if (original === undefined) {
  console.log("The contract suite is skipped: the original is not installed (scripts/original.sh does that).");
}

const limit = 60_000;
const surfaces = [["--experimental"], []];

describe.skipIf(original === undefined)("contract", () => {
  const listed = (
    parse(readFileSync(join(import.meta.dir, "differences.yaml"), "utf8")) as { reason: string; places: string[] }[]
  ).flatMap(({ places }) => places);

  test(
    "the JSON Schemas are those of the original but for what is listed, and all that is listed differs",
    async () => {
      const found = await Promise.all(surfaces.map(schemaDifferences));
      const differences = [...new Set(found.flat())].sort();
      expect(differences.filter((difference) => !listed.some((place) => matches(place, difference)))).toEqual([]);
      expect(listed.filter((place) => !differences.some((difference) => matches(place, difference)))).toEqual([]);
    },
    limit,
  );

  test.each([
    ["experimental", ["--experimental"]],
    ["stable", []],
  ])(
    "the TypeScript has the original's files, names and types: %s",
    async (_, flags) => {
      using theirs = await generate(original ?? "", "generate-ts", flags);
      using ours = await generate(binaryPath(), "generate-ts", flags);
      expect(theirs.files.filter((file) => !ours.files.includes(file))).toEqual([]);
      expect(differentTypes(theirs, ours)).toEqual([]);
    },
    limit,
  );
});

test(
  "the TypeScript compiles on its own",
  async () => {
    using ours = await generate(binaryPath(), "generate-ts", ["--experimental"]);
    expect(compile([join(ours.folder, "index.ts")])).toBe("");
  },
  limit,
);

async function schemaDifferences(flags: readonly string[]): Promise<string[]> {
  using theirs = await generate(original ?? "", "generate-json-schema", flags);
  using ours = await generate(binaryPath(), "generate-json-schema", flags);
  expect(ours.files).toEqual(theirs.files);
  return theirs.files.flatMap((file) => {
    const [theirSchema, ourSchema] = [theirs, ours].map(({ folder }) => readFileSync(join(folder, file), "utf8"));
    return compareSchemas(
      JSON.parse(theirSchema ?? ""),
      JSON.parse(ourSchema ?? ""),
      file.replace(/^.*\/|\.json$/g, ""),
    );
  });
}

/** Runs a program's generator into a folder of its own, which goes away with the value. */
async function generate(program: string, command: string, flags: readonly string[]) {
  const root = mkdtempSync(join(tmpdir(), "contract-"));
  const folder = join(root, "out");
  const child = Bun.spawn([program, "app-server", command, "--out", folder, ...flags], {
    env: { PATH: process.env["PATH"] ?? "", HOME: root, CODEX_HOME: root },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [stderr, exitCode] = await Promise.all([child.stderr.text(), child.exited]);
  if (exitCode !== 0) throw new Error(`${program} app-server ${command}: ${stderr}`);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|json)$/.test(file))
    .sort();
  return { root, folder, files, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

type Generated = Awaited<ReturnType<typeof generate>>;

function differentTypes(theirs: Generated, ours: Generated): string[] {
  const names = theirs.files
    .filter((file) => !/(^|\/)index\.ts$|^serde_json/.test(file))
    .map((file) => file.replace(/\.ts$/, "").replace("/", "."));
  const program = join(ours.root, "same.ts");
  writeFileSync(program, sameTypes(names, join(theirs.folder, "index"), join(ours.folder, "index")));
  const lines = [...compile([program]).matchAll(/same\.ts\((\d+),\d+\): error/g)].map((match) => Number(match[1]));
  // The first line is not a type's.
  return lines.map((line) => names[line - 2] ?? `line ${line}`);
}

/** What the compiler says; empty where it is content. */
function compile(files: readonly string[]): string {
  const tsc = join(import.meta.dir, "../../node_modules/.bin/tsc");
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--types", ""];
  const modules = ["--target", "esnext", "--module", "preserve", "--moduleResolution", "bundler"];
  return Bun.spawnSync([tsc, ...options, ...modules, ...files]).stdout.toString();
}

/** `*` stands for any text. */
function matches(place: string, difference: string): boolean {
  const [start, ...rest] = place.split("*");
  if (rest.length === 0) return place === difference;
  let from = difference.startsWith(start ?? "") ? (start ?? "").length : -1;
  for (const piece of rest) {
    if (from < 0) return false;
    const at = difference.indexOf(piece, from);
    from = at < 0 ? -1 : at + piece.length;
  }
  return from >= 0;
}
