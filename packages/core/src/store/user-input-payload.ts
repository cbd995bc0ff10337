import type { UserInput } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import { fieldsOf, given, listOf, numberOf, textOf, type Fields } from "./fields.ts";

/**
 * A pasted image stands in full in the model's history; where the user's message shows it again it is named by its place
 * there, so that a rollout holds the bytes once. The original reads such a name as the address of an image.
 */
export type ImageRefs = {
  /** The name of an image that the history holds already. */
  refOf(url: string): string | undefined;
  urlOfRef(ref: string): string | undefined;
};

export function inputFields(input: UserInput, refOf?: ImageRefs["refOf"]): JsonObject {
  const detail = given({ detail: "detail" in input ? input.detail : undefined });
  switch (input.type) {
    case "text":
      return { type: "text", text: input.text, text_elements: (input.text_elements ?? []).map(elementFields) };
    case "image":
    case "audio": {
      if ("fileId" in input) return { type: input.type, file_id: input.fileId, ...detail };
      return { type: input.type, [`${input.type}_url`]: refOf?.(input.url) ?? input.url, ...detail };
    }
    case "localAudio":
      return { type: "local_audio", path: input.path };
    case "localImage":
      return { type: "local_image", path: input.path, ...detail };
    case "skill":
    case "mention":
      return { type: input.type, name: input.name, path: input.path };
  }
}

/** The input as a list of one; empty for a kind we do not show. */
export function inputOf(fields: Fields, urlOfRef?: ImageRefs["urlOfRef"]): UserInput[] {
  const detail = textOf(fields["detail"]);
  const withDetail = detail === undefined ? {} : { detail };
  const [name, path] = [textOf(fields["name"]) ?? "", textOf(fields["path"]) ?? ""];
  switch (fields["type"]) {
    case "text":
      return [
        {
          type: "text",
          text: textOf(fields["text"]) ?? "",
          text_elements: listOf(fields["text_elements"]).map(elementOf),
        },
      ];
    case "image": {
      const fileId = textOf(fields["file_id"]);
      if (fileId !== undefined) return [{ type: "image", fileId, ...withDetail }];
      const url = textOf(fields["image_url"]) ?? "";
      return [{ type: "image", url: urlOfRef?.(url) ?? url, ...withDetail }];
    }
    case "local_image":
      return [{ type: "localImage", path, ...withDetail }];
    case "skill":
      return [{ type: "skill", name, path }];
    case "mention":
      return [{ type: "mention", name, path }];
    default:
      return [];
  }
}

type TextElement = NonNullable<Extract<UserInput, { type: "text" }>["text_elements"]>[number];

const elementFields = ({ byteRange, placeholder }: TextElement): JsonObject => ({ byte_range: byteRange, placeholder });

function elementOf(fields: Fields): TextElement {
  const range = fieldsOf(fields["byte_range"]);
  return {
    byteRange: { start: numberOf(range["start"]) ?? 0, end: numberOf(range["end"]) ?? 0 },
    placeholder: textOf(fields["placeholder"]) ?? null,
  };
}
