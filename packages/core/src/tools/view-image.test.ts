import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { systemClock } from "@codex/platform/clock";
import type { FileRules } from "@codex/sandbox/permissions/file-rules";
import { fittingSize } from "./fit-image.ts";
import { toolBench } from "./tool-bench.test-support.ts";
import { makeViewImage } from "./view-image.ts";

const folder = mkdtempSync(join(tmpdir(), "view-image-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A picture of one colour as a BMP, which everything else is made from. */
function bitmap(width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + row * height, 0x7f);
  bytes.fill(0, 0, 54);
  bytes.write("BM");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

const image = (width: number, height: number) => new Bun.Image(bitmap(width, height));
const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

beforeAll(async () => {
  const png = await image(40, 30).png().bytes();
  const write = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);
  write("small.png", png);
  write("cut.png", png.subarray(0, 60));
  write("small.jpg", await image(40, 30).jpeg().bytes());
  write("small.webp", await image(40, 30).webp().bytes());
  write("small.gif", gif);
  write("large.jpg", await image(4000, 3000).jpeg().bytes());
  write("text.png", "not a picture");
});

async function view(path: string, fileRules?: FileRules) {
  const { contextOf, events } = toolBench();
  const tool = makeViewImage({ clock: systemClock, detail: "original" });
  const outcome = await tool.run({ path }, { ...contextOf({ cwd: folder, callId: "call" }), fileRules });
  const [part] = typeof outcome.forModel === "string" ? [] : outcome.forModel;
  const url = part?.type === "input_image" ? part.image_url : "";
  const [, mime, data = ""] = /^data:([^;]+);base64,(.*)$/.exec(url) ?? [];
  return { outcome, events, mime, bytes: Buffer.from(data, "base64") };
}

describe("an image that fits goes as it is", () => {
  test.each([
    ["small.png", "image/png"],
    ["small.jpg", "image/jpeg"],
    ["small.webp", "image/webp"],
  ])("%s", async (name, type) => {
    const { mime, bytes, events } = await view(name);
    expect(mime).toBe(type);
    expect(bytes).toEqual(Buffer.from(await Bun.file(join(folder, name)).bytes()));
    expect(events.map(({ method }) => method)).toEqual(["item/started", "item/completed"]);
    expect(events[1]?.params).toMatchObject({ item: { type: "imageView", id: "call", path: join(folder, name) } });
  });
});

test("a GIF becomes a PNG", async () => {
  const { mime, bytes } = await view("small.gif");
  expect(mime).toBe("image/png");
  expect(await new Bun.Image(bytes).metadata()).toEqual({ width: 1, height: 1, format: "png" });
});

test("a large image is shrunk, to the size the original gives it", async () => {
  const { mime, bytes } = await view("large.jpg");
  expect(mime).toBe("image/jpeg");
  expect(await new Bun.Image(bytes).metadata()).toEqual({ width: 3669, height: 2752, format: "jpeg" });
});

test("what cannot be shown is told in a sentence", async () => {
  const sentence = async (path: string) => (await view(path)).outcome;
  const at = (name: string) => join(folder, name);
  expect(await sentence("none.png")).toEqual({
    ok: false,
    forModel: `unable to locate image at \`${at("none.png")}\`: no such file or directory`,
  });
  expect(await sentence(".")).toEqual({ ok: false, forModel: `image path \`${folder}\` is not a file` });
  for (const name of ["text.png", "cut.png"]) {
    expect(await sentence(name)).toEqual({
      ok: false,
      forModel: `unable to process image: invalid or unsupported image data (\`${at(name)}\`)`,
    });
  }
});

test("a fitting size is never larger, never too large, and keeps the shape", () => {
  const side = fc.integer({ min: 1, max: 60_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const fitted = fittingSize(width, height);
      expect(fitted.width).toBeLessThanOrEqual(width);
      expect(fitted.height).toBeLessThanOrEqual(height);
      expect(Math.ceil(fitted.width / 32) * Math.ceil(fitted.height / 32)).toBeLessThanOrEqual(10_000);
      const error = Math.abs(fitted.width - (fitted.height * width) / height);
      expect(error).toBeLessThanOrEqual(1 + width / height);
    }),
  );
});

test("an image that the permission profile denies is not read, by a link neither", async () => {
  symlinkSync(join(folder, "small.png"), join(folder, "way.png"));
  const rules: FileRules = {
    name: "x",
    readsAll: true,
    paths: [],
    globs: [{ glob: `${realpathSync(folder)}/small.*`, access: "deny" }],
    scanDepth: undefined,
  };
  for (const name of ["small.png", "way.png"]) {
    const { outcome, events } = await view(name, rules);
    expect(outcome).toEqual({ ok: false, forModel: expect.stringContaining("the permission profile denies it") });
    expect(events).toEqual([]);
  }
  expect((await view("large.jpg", rules)).outcome.ok).toBe(true);
});
