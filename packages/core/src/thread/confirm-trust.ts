import type { OpenTurn } from "./open-turn.ts";

const question = "use_changed_files";
const yes = "Use them";
const no = "Leave them out";

/**
 * Asks, where the user can be asked, about files of a trusted project that are not what was trusted. Without a yes they stay out
 * of what the model is told. Rejects when the turn is interrupted.
 */
export async function confirmTrust(turn: OpenTurn): Promise<void> {
  const { trustedFiles: files, approval, reviewer } = turn.settings;
  const changed = files?.unanswered() ?? [];
  if (!files || changed.length === 0 || approval === "never" || reviewer !== "user") return;
  const { threadId, id: turnId } = turn;
  const { answers } = await turn.ask("item/tool/requestUserInput", {
    threadId,
    turnId,
    itemId: `trust_${turnId}`,
    questions: [
      {
        id: question,
        header: "Trust",
        question: `Since you trusted this project, these files of it have changed: ${changed.join(", ")}. May they say what is done here?`,
        isOther: false,
        isSecret: false,
        options: [
          {
            label: yes,
            description: "Instructions and skills count at once, settings and rules from the next session on.",
          },
          { label: no, description: "The project counts as not trusted in this session." },
        ],
      },
    ],
    isBlocking: true,
    autoResolutionMs: null,
  });
  if (answers[question]?.answers.includes(yes) !== true) return files.decline();
  const accepted = files.accept();
  if (!accepted.ok) turn.emit({ method: "warning", params: { threadId, message: accepted.error.message } });
}
