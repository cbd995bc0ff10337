import { expect, test } from "bun:test";
import { featureNames, featureTable } from "./feature-table.ts";
import { featureEnabled } from "./features.ts";

test("the table is the original's", () => {
  const on = featureNames.filter((name) => featureTable[name].enabled);
  expect([featureNames.length, on.length]).toEqual([215, 72]);
  expect(featureNames).toEqual(featureNames.toSorted());
});

test("own name, older name, table, default", () => {
  expect(featureEnabled(undefined, "hooks")).toBe(true);
  expect(featureEnabled({ codex_hooks: false }, "hooks")).toBe(false);
  expect(featureEnabled({ codex_hooks: false, hooks: true }, "hooks")).toBe(true);
  expect(featureEnabled({ multi_agent_v2: { enabled: true } }, "multi_agent_v2")).toBe(true);
  expect(featureEnabled({ multi_agent_v2: { max_concurrent_threads_per_session: 2 } }, "multi_agent_v2")).toBe(false);
});
