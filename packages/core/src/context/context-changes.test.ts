import { expect, test } from "bun:test";
import type { MessageItem } from "@codex/protocol/responses";
import { turnContext } from "./context-changes.ts";
import { countingStamp, readOnlyFacts } from "./testing.ts";
import { applyWorldState, diffStates, worldState, type ContextFacts } from "./world-state.ts";

const first = { ...readOnlyFacts, agentsMd: { directory: "/w", text: "Doc 1\n" } } satisfies ContextFacts;
const before = turnContext(undefined, first, countingStamp()).state;
const next = (over: Partial<ContextFacts>, state = before) =>
  turnContext(state, { ...first, ...over }, countingStamp("turn-2"));

/** Role, kinds and texts: what differs from turn to turn. */
const outline = (items: MessageItem[]) =>
  items.map((item) => ({
    role: item.role,
    kinds: item.internal_chat_message_metadata_passthrough?.content_item_kinds,
    texts: item.content.map((part) => ("text" in part ? part.text : part.type)),
  }));

test("the first turn tells everything, in two messages", () => {
  const facts = { ...first, developerInstructions: "Dev.", skills: "## Skills" };
  const { items, record } = turnContext(undefined, facts, countingStamp());
  expect(items[1]).toEqual({
    type: "message",
    id: "msg_2",
    role: "user",
    content: [
      { type: "input_text", text: "# AGENTS.md instructions for /w\n\n<INSTRUCTIONS>\nDoc 1\n\n</INSTRUCTIONS>" },
      { type: "input_text", text: expect.stringMatching(/^<environment_context>\n {2}<cwd>\/w<\/cwd>/) },
    ],
    internal_chat_message_metadata_passthrough: {
      turn_id: "turn-1",
      create_time: 1000.5,
      content_item_kinds: ["agents_md.instructions", "environments.environment_context"],
      content_item_metadata: [{ provenance: { type: "agents_md" } }, { provenance: { type: "harness", hook: false } }],
    },
  });
  expect(outline(items)[0]).toEqual({
    role: "developer",
    kinds: ["generic.developer_instructions", "host_skills.instructions", "permissions.instructions"],
    texts: [
      "Dev.",
      expect.stringMatching(/^<skills_instructions>\n## Skills\n/),
      expect.stringContaining("`read-only`"),
    ],
  });
  expect(record).toEqual({ full: true, state: worldState(facts) });
});

test("an unchanged world adds nothing and stores nothing", () => {
  expect(next({})).toEqual({ items: [], state: before });
});

test("another sandbox brings its permissions and the environment without its place", () => {
  const { items, record } = next({ policy: { type: "dangerFullAccess" } });
  expect(outline(items)).toEqual([
    {
      role: "developer",
      kinds: ["permissions.instructions"],
      texts: [expect.stringContaining("`danger-full-access`")],
    },
    {
      role: "user",
      kinds: ["environments.environment_context"],
      texts: [expect.stringMatching(/^<environment_context>\n {2}<current_date>/)],
    },
  ]);
  expect(record).toEqual({
    full: false,
    state: {
      environments: { filesystem: expect.stringContaining("unrestricted") },
      permissions: { instructions: expect.stringMatching(/^[0-9a-f]{40}$/) },
    },
  });
});

test("network alone changes the permissions only", () => {
  const { items } = next({ policy: { type: "readOnly", networkAccess: true } });
  expect(outline(items).map((item) => item.kinds)).toEqual([["permissions.instructions"]]);
});

test("another directory brings the whole environment", () => {
  const { items } = next({ cwd: "/v" });
  expect(outline(items)).toEqual([
    {
      role: "user",
      kinds: ["environments.environment_context"],
      texts: [expect.stringMatching(/^<environment_context>\n {2}<cwd>\/v<\/cwd>/)],
    },
  ]);
});

test("another model gets its instructions in a message of its own", () => {
  const { items, record } = next({ model: "gpt-6-sol", baseInstructions: "New base." });
  expect(outline(items)).toEqual([
    {
      role: "developer",
      kinds: ["model_switch.instructions"],
      texts: [expect.stringMatching(/^<model_switch>\n.*\n\nNew base\.\n<\/model_switch>$/)],
    },
  ]);
  expect(record).toEqual({ full: false, state: { model: "gpt-6-sol" } });
});

test("AGENTS.md that changed is given again, one that vanished is taken back", () => {
  const changed = next({ agentsMd: { directory: "/w", text: "Doc 2" } });
  expect(outline(changed.items)[0]?.texts).toEqual([
    "# AGENTS.md instructions for /w\n\n<INSTRUCTIONS>\nWhat follows takes the place of all AGENTS.md instructions given before.\n\nDoc 2\n</INSTRUCTIONS>",
  ]);
  expect(changed.record).toEqual({ full: false, state: { agents_md: { text: "Doc 2" } } });

  const { agentsMd: _, ...without } = first;
  const gone = turnContext(before, without, countingStamp());
  expect(outline(gone.items)[0]?.texts).toEqual([
    "# AGENTS.md instructions\n\n<INSTRUCTIONS>\nNo AGENTS.md applies any more: disregard those given before.\n</INSTRUCTIONS>",
  ]);
  expect(gone.record).toEqual({ full: false, state: { agents_md: { directory: null, text: null } } });
});

test("skills that appear are listed without how to use them, and vanish in words", () => {
  const appeared = next({ skills: "## Skills" });
  expect(outline(appeared.items)[0]?.texts).toEqual(["<skills_instructions>\n## Skills\n</skills_instructions>"]);
  const gone = next({}, appeared.state);
  expect(outline(gone.items)[0]?.texts).toEqual([
    "<skills_instructions>\nNo skills are available any more.\n</skills_instructions>",
  ]);
});

test("sections of another version stay as they are", () => {
  const foreign = { ...before, tools: { multi_agent_v1: "Agents." }, model: { model: "gpt-5.5", instructions: "ab" } };
  const { items, state } = next({}, foreign);
  expect(items).toEqual([]);
  expect(state).toEqual({ ...foreign, model: "gpt-5.5" });
});

test("records fold back to the state", () => {
  const second = next({ cwd: "/v", agentsMd: {} });
  const folded = [{ full: true, state: before }, second.record].reduce<ReturnType<typeof applyWorldState> | undefined>(
    (state, record) => (record === undefined ? state : applyWorldState(state, record)),
    undefined,
  );
  expect(folded).toEqual(second.state);
});

test("a patch removes with null and descends into objects", () => {
  expect(diffStates({ a: 1, b: { c: 1, d: 2 } }, { b: { c: 1, d: 3 }, e: [1] })).toEqual({
    a: null,
    b: { d: 3 },
    e: [1],
  });
  expect(diffStates({ a: { b: 1 } }, { a: { b: 1 } })).toBeUndefined();
});
