import { Type as T } from "@sinclair/typebox";
import { applyPatchText, type PatchDeps } from "../patch/apply-patch-text.ts";
import grammar from "./apply-patch.lark" with { type: "text" };
import description from "./apply-patch.md" with { type: "text" };
import freeformDescription from "./apply-patch-freeform.md" with { type: "text" };
import { defineTool, type FreeformTool, type FunctionTool } from "./define-tool.ts";

/** For models that were taught the format: the patch as it is, held to a grammar. */
export const freeformApplyPatch = (deps: PatchDeps): FreeformTool => ({
  kind: "freeform",
  name: "apply_patch",
  description: freeformDescription.trim(),
  grammar,
  alone: true,
  run: (input, context) => applyPatchText(input, context, deps),
});

/** For every other model: the same tool with the patch as a string, and the format explained. */
export const functionApplyPatch = (deps: PatchDeps): FunctionTool =>
  defineTool({
    name: "apply_patch",
    description: description.trim(),
    alone: true,
    parameters: T.Object({
      input: T.Optional(T.String({ description: "The whole patch, from `*** Begin Patch` to `*** End Patch`." })),
      patch: T.Optional(T.String({ description: "Another name for `input`." })),
    }),
    run: (args, context) => applyPatchText(args.input ?? args.patch ?? "", context, deps),
  });
