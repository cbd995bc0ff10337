import { Type as T } from "@sinclair/typebox";
import { canonicalPath } from "@codex/platform/canonical-path";
import type { Clock } from "@codex/platform/clock";
import { snapshotFile } from "@codex/platform/file-snapshot";
import { readBytes, readHead } from "@codex/platform/read-bytes";
import { pathKind } from "@codex/platform/read-file";
import { err, type Result } from "@codex/protocol/result";
import { accessAt, type FileRules } from "@codex/sandbox/permissions/file-rules";
import { resolve } from "node:path";
import { imageFormat } from "../context/image-format.ts";
import { itemCompleted, itemStarted } from "../turn/item-events.ts";
import { defineTool, type FunctionTool, type ToolContext, type ToolOutcome } from "./define-tool.ts";
import { fitImage, type FittedImage } from "./fit-image.ts";
import description from "./view-image.md" with { type: "text" };

const parameters = T.Object(
  { path: T.String({ description: "The image file; absolute, or from the thread's working directory." }) },
  { additionalProperties: false },
);

type ViewImageDeps = {
  readonly clock: Clock;
  /** How closely the model looks: "original" where it can, else "high". */
  readonly detail: "original" | "high";
};

/** Puts an image file before the model. What a permission profile denies is not read. */
export const makeViewImage = (deps: ViewImageDeps): FunctionTool =>
  defineTool({
    name: "view_image",
    description: description.trim(),
    parameters,
    async run({ path }, context) {
      const absolute = resolve(context.cwd, path);
      const rules = context.fileRules;
      const image = rules === undefined ? await loadImage(absolute) : await loadRuledImage(absolute, rules);
      if (!image.ok) return { ok: false, forModel: image.error };
      showImage(absolute, context, deps.clock);
      return shown(image.value, deps.detail);
    },
  });

/** By the place without links, as the sandbox of commands does, and what is read is what stands there, no link put there since. */
async function loadRuledImage(path: string, rules: FileRules): Promise<Result<FittedImage, string>> {
  const place = canonicalPath(path);
  if (!place.ok || accessAt(rules, place.value, canonicalOr) === "deny") return err(denied(path));
  if (isNoFile(place.value)) return err(`image path \`${path}\` is not a file`);
  const file = snapshotFile(place.value, "file");
  if (!file.ok) return err(unusable(path, file.error.reason));
  return file.value === undefined ? err(missing(path, "no such file or directory")) : fitted(path, file.value.bytes);
}

const canonicalOr = (path: string): string => {
  const place = canonicalPath(path);
  return place.ok ? place.value : path;
};

const denied = (path: string): string => `unable to read image at \`${path}\`: the permission profile denies it`;

async function loadImage(path: string): Promise<Result<FittedImage, string>> {
  if (isNoFile(path)) return err(`image path \`${path}\` is not a file`);
  const head = readHead(path, 16);
  if (!head.ok) return err(missing(path, head.error.reason));
  if (imageFormat(head.value) === undefined) return err(unusable(path, "invalid or unsupported image data"));
  const bytes = readBytes(path);
  return bytes.ok ? fitted(path, bytes.value) : err(unusable(path, bytes.error.reason));
}

async function fitted(path: string, bytes: Uint8Array): Promise<Result<FittedImage, string>> {
  const image = await fitImage(bytes);
  return image.ok ? image : err(unusable(path, image.error));
}

const isNoFile = (path: string): boolean => ["directory", "other"].includes(pathKind(path));

const missing = (path: string, why: string): string => `unable to locate image at \`${path}\`: ${why}`;
const unusable = (path: string, why: string): string => `unable to process image: ${why} (\`${path}\`)`;

function shown({ mime, bytes }: FittedImage, detail: ViewImageDeps["detail"]): ToolOutcome {
  const image_url = `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`;
  return { ok: true, forModel: [{ type: "input_image", image_url, detail }] };
}

function showImage(path: string, context: ToolContext, clock: Clock): void {
  const at = clock.now();
  const item = { type: "imageView", id: context.callId, path } as const;
  context.emit(itemStarted(item, context, at));
  context.emit(itemCompleted(item, context, { startedAtMs: at, completedAtMs: at }));
}
