import { describe, expect, test } from "bun:test";
import { describeUsageLimit } from "./usage-limit.ts";

/** Unix milliseconds of a local time. */
const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).getTime();
const now = at(21, 9, 0);

describe("describeUsageLimit", () => {
  test("tells the time today, and the date of another day", () => {
    const limit = (time: number) => describeUsageLimit(undefined, time / 1000, now);
    expect(limit(at(21, 22, 6))).toBe("You’ve hit your usage limit. Try again at 10:06 PM.");
    expect(limit(at(21, 0, 30))).toBe("You’ve hit your usage limit. Try again at 12:30 AM.");
    expect(limit(at(23, 2, 13))).toBe("You’ve hit your usage limit. Try again at Nov 23rd, 2026 2:13 AM.");
    expect(limit(at(12, 12, 0))).toBe("You’ve hit your usage limit. Try again at Nov 12th, 2026 12:00 PM.");
  });

  test.each([
    ["free", "Upgrade to Plus to continue using Codex (https://chatgpt.com/explore/plus), or try again later."],
    [
      "plus",
      "Upgrade to Pro (https://chatgpt.com/explore/pro), visit https://chatgpt.com/settings/usage to purchase more credits or try again later.",
    ],
    ["pro", "Visit https://chatgpt.com/settings/usage to purchase more credits or try again later."],
    ["team", "To get more access now, send a request to your admin or try again later."],
    ["edu", "Try again later."],
  ])("advises a %s plan", (plan, advice) => {
    expect(describeUsageLimit(plan, undefined, now)).toBe(`You’ve hit your usage limit. ${advice}`);
  });
});
