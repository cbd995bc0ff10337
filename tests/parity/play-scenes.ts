import { expect } from "bun:test";
import { workspace } from "@codex/scripted-model/testing";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";
import { findOriginal } from "./find-original.ts";

/** A program and a workspace of its own to play in. */
export type Table = { readonly binary: string; readonly ws: Workspace };

/** Steps that both programs take, and all that can be seen of them, by name. */
export type Scene = {
  readonly name: string;
  /** What lies in the project folder, committed. */
  readonly files?: Record<string, string>;
  play(table: Table): Promise<Record<string, unknown>>;
  /** What of it differs on purpose, and why. */
  readonly differs?: Record<string, string>;
};

const original = findOriginal();

export const hasOriginal = original !== undefined;

/** Each thing seen must agree, but for those that name why it does not; one that agrees all the same fails too. */
export async function playBoth({ play, files = {}, differs = {} }: Scene): Promise<void> {
  const [ours, theirs] = await Promise.all(
    [binaryPath(), original ?? ""].map(async (binary) => {
      await using ws = await workspace(files);
      return await play({ binary, ws });
    }),
  );
  const names = Object.keys({ ...ours, ...theirs }).filter((name) => !Bun.deepEquals(ours?.[name], theirs?.[name]));
  const unlisted = names.filter((name) => !(name in differs));
  expect(Object.fromEntries(unlisted.map((name) => [name, { ours: ours?.[name], original: theirs?.[name] }]))).toEqual(
    {},
  );
  expect(names.toSorted()).toEqual(Object.keys(differs).toSorted());
}
