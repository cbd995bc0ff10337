import { fail, type CodexError } from "@codex/protocol/errors";
import type { UserInput } from "@codex/protocol/items";
import { isObject, type JsonObject } from "@codex/protocol/json";
import type { Params } from "@codex/protocol/methods";
import type { OpenTurn, Steer, TurnWish } from "./open-turn.ts";

/** Characters of one input's text, at most; source: the original. */
const longestInput = 1_048_576;

/** Undefined where the input may be taken. */
export function inputProblem(input: readonly UserInput[]): CodexError | undefined {
  const characters = input.reduce((sum, part) => sum + (part.type === "text" ? [...part.text].length : 0), 0);
  if (characters <= longestInput) return undefined;
  const data = { input_error_code: "input_too_large", max_chars: longestInput, actual_chars: characters };
  return { ...fail("inputTooLarge", String(longestInput)), data };
}

export function notSteerable(turn: OpenTurn): CodexError {
  const { kind } = turn.wish;
  const error = fail("turnNotSteerable", kind);
  const codexErrorInfo = { activeTurnNotSteerable: { turnKind: kind } };
  return { ...error, data: { message: error.message, codexErrorInfo, additionalDetails: null, misalignment: null } };
}

export const steerOf = ({
  input,
  clientUserMessageId,
  additionalContext,
}: Params<"turn/start"> | Params<"turn/steer">): Steer => ({
  input,
  clientId: clientUserMessageId ?? null,
  context: additionalContext ?? {},
});

export const wishOf = (params: Params<"turn/start">): TurnWish => ({
  kind: "regular",
  input: params.input,
  clientUserMessageId: params.clientUserMessageId ?? null,
  outputSchema: isObject(params.outputSchema) ? (params.outputSchema as JsonObject) : undefined,
  serviceTier: params.serviceTierForTurn ?? undefined,
  trigger: params.turnTrigger ?? "user",
  rootTurnId: params.rootTurnId ?? undefined,
  context: params.additionalContext ?? {},
});
