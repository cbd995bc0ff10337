import type { Environment } from "./env.ts";
import { findProgram, findTrustedProgram } from "./find-program.ts";
import { spawnDetached } from "./spawn-detached.ts";

/** Shows an address in the person's browser: `BROWSER`'s first program that is there, else the system's way. False where there is none. */
export function openBrowser(url: string, env: Environment): boolean {
  for (const [name = "", ...args] of browsers(url, env)) {
    const path = env.PATH ?? "";
    const program = name.includes("/") ? findProgram(name, path, "/") : findTrustedProgram(name, path, [process.cwd()]);
    if (program !== undefined && spawnDetached([program, ...args], "/", withoutKeys(env))) return true;
  }
  return false;
}

/** A browser has no use for our keys. */
const withoutKeys = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(CODEX|OPENAI)_.*(KEY|TOKEN)$/.test(name)));

/** `BROWSER` is a list with `:`, whose entries may hold `%s` for the address (as in xdg-open). */
function browsers(url: string, { BROWSER }: Environment): string[][] {
  const own = (BROWSER ?? "")
    .split(":")
    .map((entry) => entry.split(/\s+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0)
    .map((words) =>
      words.some((word) => word.includes("%s")) ? words.map((word) => word.replaceAll("%s", url)) : [...words, url],
    );
  return [
    ...own,
    ...(systemBrowsers[process.platform] ?? [["xdg-open"], ["x-www-browser"]]).map((words) => [...words, url]),
  ];
}

const systemBrowsers: { readonly [platform: string]: string[][] | undefined } = {
  darwin: [["open"]],
  win32: [["rundll32.exe", "url.dll,FileProtocolHandler"]],
};
