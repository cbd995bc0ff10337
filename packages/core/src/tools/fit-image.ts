import { err, ok, type Result } from "@codex/protocol/result";
import { imageFormat } from "../context/image-format.ts";

/** An image as a model takes it. */
export type FittedImage = { readonly mime: "image/png" | "image/jpeg" | "image/webp"; readonly bytes: Uint8Array };

/** Models see squares of this side, in pixels, and this many of them; source: images that the original shrank. */
const patchSide = 32;
const maxPatches = 10_000;
/** Decoding holds 4 bytes a pixel in memory; a small file may claim to be any size. */
const maxPixels = 100_000_000;

/**
 * Decodes the image, to be sure that it is one, and shrinks it where it is larger than models take. One that fits is
 * passed on byte for byte, but for a GIF: its first frame becomes a PNG. The error is a reason without a subject.
 */
export async function fitImage(bytes: Uint8Array): Promise<Result<FittedImage, string>> {
  const mime = imageFormat(bytes);
  if (mime === undefined) return err("invalid or unsupported image data");
  try {
    const { width, height } = await open(bytes).metadata();
    const size = fittingSize(width, height);
    const fits = size.width === width && size.height === height;
    if (mime === "image/gif") return ok({ mime: "image/png", bytes: await shrink(bytes, size).png().bytes() });
    if (!fits) return ok({ mime, bytes: await encode(shrink(bytes, size), mime) });
    // The header alone does not tell whether the pixels are there.
    await shrink(bytes, { width: 1, height: 1 }).png().bytes();
    return ok({ mime, bytes });
  } catch {
    return err("invalid or unsupported image data");
  }
}

const open = (bytes: Uint8Array): Bun.Image => new Bun.Image(bytes, { maxPixels });

type Size = { readonly width: number; readonly height: number };

const shrink = (bytes: Uint8Array, { width, height }: Size): Bun.Image =>
  open(bytes).resize(width, height, { fit: "fill" });

function encode(image: Bun.Image, mime: FittedImage["mime"]): Promise<Uint8Array> {
  if (mime === "image/jpeg") return image.jpeg({ quality: 85 }).bytes();
  return mime === "image/webp" ? image.webp({ quality: 85 }).bytes() : image.png().bytes();
}

/** The largest size of the same shape whose patches, counted as begun, are not too many; the size itself where they are not. */
export function fittingSize(width: number, height: number): Size {
  if (patches(width) * patches(height) <= maxPatches) return { width, height };
  const scale = Math.sqrt((maxPatches * patchSide * patchSide) / (width * height));
  // Whole patches along the side that would lose most by rounding down.
  const whole = (side: number) => Math.max(1, Math.floor((side * scale) / patchSide)) / ((side * scale) / patchSide);
  const exact = scale * Math.min(whole(width), whole(height));
  // The small addend undoes rounding errors that would cost a pixel.
  const side = (length: number) => Math.max(1, Math.floor(length * exact + 1e-6));
  const fitted = { width: side(width), height: side(height) };
  if (patches(fitted.width) * patches(fitted.height) <= maxPatches) return fitted;
  // A strip: one patch across, as long as there are patches.
  const longest = maxPatches * patchSide;
  return { width: Math.min(fitted.width, longest), height: Math.min(fitted.height, longest) };
}

const patches = (side: number): number => Math.ceil(side / patchSide);
