/**
 * Published attacks on coding agents, ours and others, that concern the sandbox, paths, commands, git, `.env` and trust. Each is
 * held off by at least one test that has its id in its name: `advisories.test.ts` fails where one has none. `left` says what of
 * an advisory does not apply here, or is not held.
 */
export type Advisory = { readonly id: string; readonly attack: string; readonly left?: string };

export const advisories: readonly Advisory[] = [
  { id: "CVE-2025-54558", attack: "`rg --pre` and options like it run a program under the name of a search" },
  { id: "CVE-2025-55345", attack: "a link in the workspace leads a patch outside" },
  { id: "CVE-2025-59532", attack: "the folder that the model names becomes the writable one" },
  { id: "CVE-2025-61260", attack: "a repository's .env moves CODEX_HOME, and its MCP servers run" },
  { id: "CVE-2026-19591", attack: "PowerShell's stop-parsing token hides a command" },
  { id: "CVE-2026-19592", attack: "core.fsmonitor runs while git is asked about the checkout" },
  { id: "GitSpawn", attack: "git runs in the background before trust" },
  { id: "Overpatch", attack: "a patch is granted the folder of a file that it names" },
  { id: "BeyondTrust", attack: "a branch's name is a shell's command" },
  { id: "CVE-2026-25725", attack: "a sandboxed command makes the config that is not there yet (CBSE)" },
  {
    id: "Miasma",
    attack: "a worm plants configs of agents",
    left: "`.vscode`, `.mcp.json` and files of the shell are protected where `[sandbox] protected_names` lists them",
  },
  { id: "CVE-2026-39861", attack: "a link leads a sandboxed write outside" },
  { id: "CVE-2026-25724", attack: "a link leads around a path that is denied" },
  { id: "CVE-2025-59829", attack: "the same, by a link to the folder" },
  { id: "CVE-2025-54794", attack: "/repo-evil is taken for a part of /repo" },
  { id: "CVE-2025-54795", attack: "quotes end where the parser did not expect it" },
  { id: "CVE-2025-66032", attack: "$IFS and short options hide what a command does" },
  { id: "CVE-2026-24887", attack: "find runs and writes by its own words" },
  { id: "50 subcommands", attack: "rules are not looked at after so many commands" },
  { id: "CVE-2025-55284", attack: "an allowed network tool carries a file's content out by DNS" },
  { id: "CVE-2025-66479", attack: "an empty list of hosts allows all" },
  { id: "SOCKS5 NUL", attack: "a NUL in a host's name ends it for one reader only" },
  { id: "CVE-2026-46406", attack: "a fixed path in the shared temporary folder is a link of somebody else's" },
  { id: "CVE-2025-59536", attack: "a project's settings run hooks and servers before trust" },
  { id: "CVE-2026-21852", attack: "a project's settings send the key elsewhere" },
  { id: "CVE-2026-33068", attack: "a repository declares its own trust" },
  { id: "CVE-2026-40068", attack: "a crafted worktree borrows another repository's trust" },
  {
    id: "CVE-2026-12537",
    attack: "without a terminal the folder counts as trusted, and a bypass switches denials off",
  },
  { id: "Tracebit", attack: "white space pushes the second command out of sight" },
  { id: "container sockets", attack: "a container runtime's socket is reached from the sandbox" },
  {
    id: "CVE-2026-22708",
    attack: "a built-in of the shell poisons the environment of what follows",
  },
  { id: "CVE-2026-26268", attack: "hooks are planted in .git and run outside later" },
  { id: "program from cwd", attack: "git.exe of the workspace runs in place of git" },
  { id: "CVE-2026-45033", attack: "a nested bare repository's settings run programs" },
];
