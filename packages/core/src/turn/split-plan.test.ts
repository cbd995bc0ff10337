import { expect, test } from "bun:test";
import type { ThreadItemOf } from "@codex/protocol/items";
import type { ThreadEvent } from "@codex/protocol/notifications";
import { splitPlan } from "./split-plan.ts";

const place = { threadId: "t", turnId: "u" };

const message = (text: string): ThreadItemOf<"agentMessage"> => ({
  type: "agentMessage",
  id: "m",
  text,
  phase: null,
  moderation: null,
  memoryCitation: null,
  delivery: null,
  questions: null,
});

/** What is told of a message that comes in these pieces, one short line an event. */
function told(pieces: string[]): string[] {
  const split = splitPlan(place, () => 1);
  const events: ThreadEvent[] = [
    { method: "item/started", params: { item: message(""), ...place, startedAtMs: 1 } },
    ...pieces.map((delta): ThreadEvent => ({
      method: "item/agentMessage/delta",
      params: { ...place, itemId: "m", delta },
    })),
    {
      method: "item/completed",
      params: { item: message(pieces.join("")), ...place, contentTokenCount: null, completedAtMs: 1 },
    },
  ];
  return events.flatMap(split).map((event) => {
    const { params } = event;
    if ("delta" in params) return `${event.method.split("/")[1]} ${JSON.stringify(params.delta)}`;
    if (event.method !== "item/started" && event.method !== "item/completed") return event.method;
    const { item } = event.params;
    const end = event.method === "item/completed" && "text" in item ? ` ${JSON.stringify(item.text)}` : "";
    return `${event.method.slice(5)} ${item.type}${end}`;
  });
}

test("a plan within a message, cut anywhere, is an item of its own", () => {
  expect(told(["Here ", "it is.\n<prop", "osed_plan>\n# Pl", "an\n- do it\n</proposed_plan>\nShall", " I?"])).toEqual([
    "started agentMessage",
    'agentMessage "Here "',
    'agentMessage "it is.\\n"',
    "started plan",
    'plan "# Pl"',
    'plan "an\\n- do it\\n"',
    'agentMessage "Shall"',
    'agentMessage " I?"',
    'completed plan "# Plan\\n- do it\\n"',
    'completed agentMessage "Here it is.\\nShall I?"',
  ]);
});

test.each<[string, string[], string[]]>([
  [
    "a message that is all plan is none",
    ["<proposed_plan>\nA\n</proposed_plan>"],
    ["started plan", 'plan "A\\n"', 'completed plan "A\\n"'],
  ],
  ["a plan that is not closed", ["<proposed_plan>\nA"], ["started plan", 'plan "A"', 'completed plan "A"']],
  [
    "of several plans the last one counts",
    ["<proposed_plan>\nA\n</proposed_plan>\nmid\n<proposed_plan>\nB\n</proposed_plan>"],
    [
      "started plan",
      'plan "A\\n"',
      "started agentMessage",
      'agentMessage "mid\\n"',
      'plan "B\\n"',
      'completed plan "B\\n"',
      'completed agentMessage "mid\\n"',
    ],
  ],
  [
    "tags inside a line are text",
    ["so <proposed_plan> it </proposed_plan>"],
    [
      "started agentMessage",
      'agentMessage "so <proposed_plan> it </proposed_plan>"',
      'completed agentMessage "so <proposed_plan> it </proposed_plan>"',
    ],
  ],
  ["a message without deltas", [], []],
])("%s", (_name, pieces, expected) => {
  expect(told(pieces)).toEqual(expected);
});
