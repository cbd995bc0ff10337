/**
 * The sentence for a used-up plan, by plan. Source: replies of the original 0.169.0 to each plan, apostrophe included.
 * `resetsAt` in Unix seconds, `now` in Unix milliseconds; the time is told in local time.
 */
export function describeUsageLimit(planType: string | undefined, resetsAt: number | undefined, now: number): string {
  const when = resetsAt === undefined ? "later" : `at ${describeTime(resetsAt * 1000, now)}`;
  return `You’ve hit your usage limit. ${advice[planType ?? ""]?.(when) ?? `Try again ${when}.`}`;
}

const usagePage = "https://chatgpt.com/settings/usage";
const askAdmin = (when: string) => `To get more access now, send a request to your admin or try again ${when}.`;
const upgradeToPlus = (when: string) =>
  `Upgrade to Plus to continue using Codex (https://chatgpt.com/explore/plus), or try again ${when}.`;

const advice: Readonly<Record<string, (when: string) => string>> = {
  free: upgradeToPlus,
  go: upgradeToPlus,
  plus: (when) =>
    `Upgrade to Pro (https://chatgpt.com/explore/pro), visit ${usagePage} to purchase more credits or try again ${when}.`,
  pro: (when) => `Visit ${usagePage} to purchase more credits or try again ${when}.`,
  team: askAdmin,
  business: askAdmin,
};

/** "10:26 PM" today, "Nov 22nd, 2026 10:26 PM" on another day. */
function describeTime(time: number, now: number): string {
  const date = new Date(time);
  const clock = `${date.getHours() % 12 || 12}:${String(date.getMinutes()).padStart(2, "0")} ${date.getHours() < 12 ? "AM" : "PM"}`;
  if (date.toDateString() === new Date(now).toDateString()) return clock;
  return `${months[date.getMonth()]} ${ordinal(date.getDate())}, ${date.getFullYear()} ${clock}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function ordinal(day: number): string {
  const teens = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${(teens ? undefined : ["th", "st", "nd", "rd"][day % 10]) ?? "th"}`;
}
