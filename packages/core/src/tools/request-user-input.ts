import { Type as T } from "@sinclair/typebox";
import { defineTool, type FunctionTool } from "./define-tool.ts";
import description from "./request-user-input.md" with { type: "text" };

const Option = T.Object(
  {
    label: T.String({ description: "One to five words; the user picks by it." }),
    description: T.String({ description: "What follows from choosing it, in a sentence." }),
  },
  { additionalProperties: false },
);

const Question = T.Object(
  {
    id: T.String({ description: "A name for the answer, in snake_case." }),
    header: T.String({ description: "A heading of at most 12 characters." }),
    question: T.String({ description: "The question, in a sentence." }),
    options: T.Array(Option, { description: "Two or three, the recommended one first; no option for other answers." }),
  },
  { additionalProperties: false },
);

const parameters = T.Object(
  { questions: T.Array(Question, { minItems: 1, maxItems: 3, description: "One to three questions." }) },
  { additionalProperties: false },
);

/** `isPlanMode` false: the tool is not offered, and a model that calls it all the same is told why. */
export const makeRequestUserInput = (isPlanMode: boolean): FunctionTool => ({
  ...defineTool({
    name: "request_user_input",
    description: description.trim(),
    parameters,
    async run({ questions }, { ask, threadId, turnId, callId }) {
      if (!isPlanMode) return { ok: false, forModel: "request_user_input is unavailable in Default mode" };
      const { answers } = await ask("item/tool/requestUserInput", {
        threadId,
        turnId,
        itemId: callId,
        questions: questions.map((question) => ({ ...question, isOther: true, isSecret: false })),
        isBlocking: true,
        autoResolutionMs: null,
      });
      return { ok: true, forModel: JSON.stringify({ answers }) };
    },
  }),
  hidden: !isPlanMode,
});
