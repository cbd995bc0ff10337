import { Type as T, type Static } from "@sinclair/typebox";
import { AdditionalContextEntry } from "../additional-context.ts";
import { UserInput } from "../items.ts";
import { Experimental, OptionalNull } from "../schema.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    clientUserMessageId: OptionalNull(T.String()),
    input: T.Array(UserInput),
    responsesapiClientMetadata: Experimental(OptionalNull(T.Record(T.String(), T.String()))),
    responsesapiClientMetadataPatch: Experimental(OptionalNull(T.Record(T.String(), T.String()))),
    additionalContext: Experimental(OptionalNull(T.Record(T.String(), AdditionalContextEntry))),
    expectedTurnId: T.String(),
  },
  { title: "TurnSteerParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ turnId: T.String() }, { title: "TurnSteerResponse" });
export type Result = Static<typeof Result>;
