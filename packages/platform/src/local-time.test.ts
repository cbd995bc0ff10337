import { describe, expect, test } from "bun:test";
import { join } from "node:path";

/** What a process in a time zone says; the zone is read once in a process. */
async function inZone(zone: string, unixMs: number): Promise<unknown> {
  const code = `import { localTime, timeZone } from ${JSON.stringify(join(import.meta.dir, "local-time.ts"))};
    console.log(JSON.stringify([localTime(${unixMs}), timeZone()]));`;
  const child = Bun.spawn([process.execPath, "-e", code], { env: { ...process.env, TZ: zone }, stdout: "pipe" });
  return await new Response(child.stdout).json();
}

describe("local time", () => {
  const newYear = Date.UTC(2025, 11, 31, 23, 59, 58, 999);

  test("is the year after in the east", async () => {
    const time = { year: 2026, month: 1, day: 1, hour: 5, minute: 29, second: 58 };
    expect(await inZone("Asia/Kolkata", newYear)).toEqual([time, "Asia/Kolkata"]);
  });

  test("is summer time in summer", async () => {
    const time = { year: 2026, month: 7, day: 1, hour: 14, minute: 0, second: 0 };
    expect(await inZone("Europe/Berlin", Date.UTC(2026, 6, 1, 12))).toEqual([time, "Europe/Berlin"]);
  });

  test("calls UTC as the original does", async () => {
    const time = { year: 2025, month: 12, day: 31, hour: 23, minute: 59, second: 58 };
    expect(await inZone("UTC", newYear)).toEqual([time, "Etc/UTC"]);
  });

  test("agrees with Date and Intl about this machine", async () => {
    const { localTime, timeZone } = await import("./local-time.ts");
    const now = new Date();
    const { year, month, day, hour, minute, second } = localTime(now.getTime());
    expect(new Date(year, month - 1, day, hour, minute, second).getTime()).toBe(
      Math.floor(now.getTime() / 1000) * 1000,
    );
    const intl = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(timeZone()).toBe(intl === "UTC" ? "Etc/UTC" : intl);
  });
});
