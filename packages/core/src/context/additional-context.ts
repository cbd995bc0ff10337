import type { Params } from "@codex/protocol/methods";
import type { ResponseItem } from "@codex/protocol/responses";
import { contextMessage, textPart, type Stamp } from "./context-message.ts";

/** What a client tells the model beside the user's words, by an identifier of its own. */
export type AdditionalContext = NonNullable<Params<"turn/start">["additionalContext"]>;

/**
 * The client's own words go to the model as instructions, between tags of their name; what it does not vouch for goes as an
 * output that no call asked for, so that nothing in it reads as an instruction. Source: requests of the original 0.169.0.
 */
export function additionalContext(context: AdditionalContext, stamp: Stamp): ResponseItem[] {
  const entries = Object.entries(context).flatMap(([source, entry]) => (entry ? [{ source, ...entry }] : []));
  return [
    ...entries
      .filter(({ kind }) => kind === "application")
      .map(({ source, value }) =>
        contextMessage("developer", [textPart("client.additional_context", `<${source}>${value}</${source}>`)], stamp),
      ),
    ...entries
      .filter(({ kind }) => kind === "untrusted")
      .map(({ source, name, value }): ResponseItem => ({
        type: "function_call_output",
        id: `fco_${stamp.newId()}`,
        name: name ?? source,
        namespace: "agent",
        output: value,
      })),
  ];
}
