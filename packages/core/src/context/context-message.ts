import type { JsonObject } from "@codex/protocol/json";
import type { InputText, MessageItem } from "@codex/protocol/responses";

/**
 * What each part that we write for the model is: its kind's name, and where it comes from. Stored with the item, and
 * sent to the built-in provider. Source: rollouts of the original 0.169.0.
 */
const provenance = {
  "generic.developer_instructions": { type: "developer_instructions", from_additional_requirements: false },
  "host_skills.instructions": { type: "skills" },
  "permissions.instructions": { type: "harness", hook: false },
  "model_switch.instructions": { type: "harness", hook: false },
  "agents_md.instructions": { type: "agents_md" },
  "environments.environment_context": { type: "harness", hook: false },
  "generic.turn_aborted": { type: "harness", hook: false },
  "skills.selected_skill_instructions": { type: "skills" },
  "client.additional_context": { type: "harness", hook: false },
  "collaboration_mode.instructions": { type: "harness", hook: false },
  "compaction.summary": { type: "harness", hook: false },
  "guardian.approved_action": { type: "harness", hook: false },
  "shell.user_command": { type: "harness", hook: false },
  "user.text": { type: "user" },
  "user.image": { type: "user" },
} as const satisfies Record<string, JsonObject>;

export type PartKind = keyof typeof provenance;

/** A part of a message and what it is. */
export type ContextPart<C = InputText> = { readonly kind: PartKind; readonly content: C };

/** Where an item's id, time and turn come from. */
export type Stamp = {
  readonly turnId: string;
  /** Unix milliseconds. */
  now(): number;
  /** A fresh UUIDv7. */
  newId(): string;
};

export const textPart = (kind: PartKind, text: string): ContextPart => ({
  kind,
  content: { type: "input_text", text },
});

/** One message of several parts, with an id of its own and its parts' kinds. */
export function contextMessage(
  role: "developer" | "user",
  parts: readonly ContextPart<MessageItem["content"][number]>[],
  stamp: Stamp,
): MessageItem {
  return {
    type: "message",
    id: `msg_${stamp.newId()}`,
    role,
    content: parts.map((part) => part.content),
    internal_chat_message_metadata_passthrough: {
      turn_id: stamp.turnId,
      create_time: stamp.now() / 1000,
      content_item_kinds: parts.map((part) => part.kind),
      content_item_metadata: parts.map((part) => ({ provenance: { ...provenance[part.kind] } })),
    },
  };
}
