import { resolve } from "node:path";
import { fail } from "@codex/protocol/errors";
import type { UserInput } from "@codex/protocol/items";
import type { InputImage, InputText, MessageItem, UnknownPart } from "@codex/protocol/responses";
import { err, ok, type Result } from "@codex/protocol/result";
import { contextMessage, textPart, type ContextPart, type Stamp } from "./context-message.ts";
import { imageFormat } from "./image-format.ts";

export type UserInputOptions = {
  /** Relative image paths start here. */
  readonly cwd: string;
  /** How closely the model looks at an image that does not say so itself: "original" where it can, else "high". */
  readonly imageDetail: "original" | "high";
  /** A file's bytes, or undefined where it cannot be read. */
  readBytes(path: string): Promise<Uint8Array | undefined>;
};

/** A prompt with its images read and checked; nothing of it is read again. */
export type PreparedInput = readonly ContextPart<InputText | InputImage | UnknownPart>[];

/** Bytes of one image; larger ones are refused by the service only after they have been sent. */
const maxImageBytes = 20 * 1024 * 1024;

/**
 * Turns what the user gave into a message's parts. Fails with a sentence about the first image that is none, before
 * anything is sent. Mentions and skills add no part of their own (see mentioned-skills).
 */
export async function prepareUserInput(
  input: readonly UserInput[],
  options: UserInputOptions,
): Promise<Result<PreparedInput>> {
  const parts: ContextPart<InputText | InputImage | UnknownPart>[] = [];
  let images = 0;
  for (const part of input) {
    if (part.type === "text") parts.push(textPart("user.text", part.text));
    if (part.type === "audio" || part.type === "localAudio") {
      return err(fail("refusedParams", "the model takes no audio; leave it out, or send what it says as text"));
    }
    if (part.type !== "image" && part.type !== "localImage") continue;
    images += 1;
    const added = await (part.type === "image"
      ? inlineImage(part, images, options)
      : localImage(part, images, options));
    if (!added.ok) return added;
    parts.push(...added.value);
  }
  return ok(parts);
}

/** The item that carries the prompt. */
export const userMessage = (input: PreparedInput, stamp: Stamp): MessageItem => contextMessage("user", input, stamp);

type Input<T extends UserInput["type"]> = Extract<UserInput, { type: T }>;
type Parts = Result<PreparedInput>;

/** A data URL goes as it came, once it has been seen to hold an image. */
async function inlineImage(image: Input<"image">, number: number, options: UserInputOptions): Promise<Parts> {
  if (!("url" in image)) {
    // The service has the file; nothing here can look at it.
    const content = { type: "input_image", file_id: image.fileId, detail: image.detail ?? options.imageDetail };
    return ok([{ kind: "user.image", content }]);
  }
  if (!image.url.startsWith("data:")) {
    return err(fail("refusedParams", "remote image URLs are not supported; use an inline data URL instead"));
  }
  const base64 = /^data:[^,]*;base64,(.*)$/s.exec(image.url)?.[1];
  const checked = checkImage(base64 === undefined ? undefined : Buffer.from(base64, "base64"), `Image ${number}`);
  return checked.ok ? ok([imagePart(image.url, image.detail, options)]) : checked;
}

/** Between two tags that name the file, so that the model can speak of it and open it. */
async function localImage(image: Input<"localImage">, number: number, options: UserInputOptions): Promise<Parts> {
  const bytes = await options.readBytes(resolve(options.cwd, image.path));
  if (bytes === undefined) {
    return err(fail("usage", `Cannot read the image \`${image.path}\`: no such file, or no permission to read it.`));
  }
  const checked = checkImage(bytes, `\`${image.path}\``);
  if (!checked.ok) return checked;
  const url = `data:${checked.value};base64,${Buffer.from(bytes).toString("base64")}`;
  return ok([
    textPart("user.text", `<image name=[Image #${number}] path="${image.path}">`),
    imagePart(url, image.detail, options),
    textPart("user.text", "</image>"),
  ]);
}

function checkImage(bytes: Uint8Array | undefined, name: string): Result<string> {
  const format = bytes === undefined ? undefined : imageFormat(bytes);
  if (bytes === undefined || format === undefined) {
    return err(fail("usage", `${name} is not an image that models can read. Give a PNG, JPEG, GIF or WebP file.`));
  }
  if (bytes.length <= maxImageBytes) return ok(format);
  const size = Math.ceil(bytes.length / 1024 / 1024);
  return err(fail("usage", `${name} has ${size} MB; an image may have 20 at most. Make it smaller and try again.`));
}

function imagePart(url: string, detail: string | undefined, options: UserInputOptions): ContextPart<InputImage> {
  return {
    kind: "user.image",
    content: { type: "input_image", image_url: url, detail: detail ?? options.imageDetail },
  };
}
