import type { ThreadQuestion } from "@codex/core/audience";
import type { ServerRequestResults } from "@codex/protocol/approvals";
import { isObject } from "@codex/protocol/json";

/** Whether a client's answer is one we know: what is not understood must never count as a yes. */
export function isAnswer<M extends ThreadQuestion>(method: M, answer: unknown): answer is ServerRequestResults[M] {
  return isObject(answer) && checks[method](answer);
}

type Answer = Record<string, unknown>;

const checks: Readonly<Record<ThreadQuestion, (answer: Answer) => boolean>> = {
  "item/commandExecution/requestApproval": ({ decision }) => isWord(decision) || isAmendment(decision),
  "item/fileChange/requestApproval": ({ decision }) => isWord(decision),
  "item/permissions/requestApproval": isGrant,
  "item/tool/requestUserInput": ({ answers }) =>
    isObject(answers) && Object.values(answers).every((each) => isObject(each) && isStrings(each["answers"])),
  "item/tool/call": ({ contentItems, success }) =>
    typeof success === "boolean" && Array.isArray(contentItems) && contentItems.every(isContent),
  "mcpServer/elicitation/request": ({ action }) => action === "accept" || action === "decline" || action === "cancel",
  "currentTime/read": ({ currentTimeAt }) => Number.isSafeInteger(currentTimeAt),
};

const words: ReadonlySet<unknown> = new Set(["accept", "acceptForSession", "decline", "cancel"]);
const isWord = (decision: unknown): boolean => words.has(decision);

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

function isAmendment(decision: unknown): boolean {
  if (!isObject(decision)) return false;
  if (isObject(decision["applyNetworkPolicyAmendment"])) {
    const amendment = decision["applyNetworkPolicyAmendment"]["network_policy_amendment"];
    if (!isObject(amendment) || typeof amendment["host"] !== "string") return false;
    return amendment["action"] === "allow" || amendment["action"] === "deny";
  }
  if (!isObject(decision["acceptWithExecpolicyAmendment"])) return false;
  const prefix = decision["acceptWithExecpolicyAmendment"]["execpolicy_amendment"];
  return isStrings(prefix) && prefix.length > 0;
}

function isGrant({ permissions, scope }: Answer): boolean {
  if (!isObject(permissions)) return false;
  if (scope !== undefined && scope !== "turn" && scope !== "session") return false;
  const { network, fileSystem } = permissions;
  return (
    (network === undefined || network === null || isObject(network)) &&
    (fileSystem === undefined || fileSystem === null || (isObject(fileSystem) && isFileGrant(fileSystem)))
  );
}

const isFileGrant = ({ read, write, entries }: Answer): boolean =>
  [read, write].every((paths) => paths === undefined || paths === null || isStrings(paths)) &&
  (entries === undefined || entries === null || (Array.isArray(entries) && entries.every(isObject)));

function isContent(item: unknown): boolean {
  if (!isObject(item)) return false;
  switch (item["type"]) {
    case "inputText":
      return typeof item["text"] === "string";
    case "inputImage":
      return typeof item["imageUrl"] === "string";
    case "inputAudio":
      return typeof item["audioUrl"] === "string";
    default:
      return false;
  }
}
