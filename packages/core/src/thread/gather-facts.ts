import type { Environment } from "@codex/platform/env";
import { listEntries } from "@codex/platform/list-folder";
import { localTime, timeZone } from "@codex/platform/local-time";
import { readText } from "@codex/platform/read-file";
import { stands } from "@codex/platform/stands";
import { deniedPlaces } from "@codex/sandbox/permissions/demands";
import { protectionOf } from "@codex/sandbox/plan";
import { basename } from "node:path";
import { loadAgentsMd, projectDirectories } from "../context/agents-md.ts";
import { modeInstructions } from "../context/collaboration-mode.ts";
import { loadSkills, type LoadedSkills, type Skill } from "../context/load-skills.ts";
import { skillsListing } from "../context/skills-instructions.ts";
import type { ContextFacts } from "../context/world-state.ts";
import { networkRules } from "../network/network-rules.ts";
import type { ThreadSettings } from "./thread-settings.ts";

/** The world as a turn finds it: read anew for each, since files change between turns. */
export type WorldFacts = {
  readonly context: ContextFacts;
  readonly skills: readonly Skill[];
  /** The AGENTS.md files that were read. */
  readonly sources: string[];
  /** Sentences for the person about what could not be used. */
  readonly warnings: string[];
};

/** How instruction and skill files are read: as data, nothing in them is run. */
export const contextFiles = {
  readTextFile: async (path: string): Promise<string | undefined> => {
    const text = readText(path);
    return text.ok ? text.value : undefined;
  },
  exists: async (path: string): Promise<boolean> => stands(path),
  listDirectory: async (path: string) => listEntries(path),
};

export async function gatherFacts(
  settings: ThreadSettings,
  world: { codexHome: string; env: Environment; shell: string; now: number },
): Promise<WorldFacts> {
  const { config, cwd } = settings;
  const files = trustedOnly(contextFiles, settings);
  const rootMarkers = config.project_root_markers;
  const agentsMd = await loadAgentsMd(
    {
      codexHome: world.codexHome,
      cwd,
      rootMarkers,
      fallbackNames: config.project_doc_fallback_filenames,
      maxBytes: config.project_doc_max_bytes,
    },
    files,
  );
  const directories = await projectDirectories({ cwd, rootMarkers }, contextFiles);
  const skills = closeUntrusted(await loadSkills(world.codexHome, directories, files), settings);
  const listing = skillsListing(skills.skills);
  const tmpdir = world.env.TMPDIR;
  const rules = networkRules(config, settings);
  const context: ContextFacts = {
    model: settings.model.slug,
    baseInstructions: settings.baseInstructions,
    ...(settings.developerInstructions === undefined ? {} : { developerInstructions: settings.developerInstructions }),
    cwd,
    shell: basename(world.shell),
    ...localDate(world.now),
    ...(settings.mode && { mode: { name: settings.mode.mode, instructions: modeInstructions(settings.mode) } }),
    policy: settings.policy,
    approval: settings.approval,
    workspaceRoots: settings.workspaceRoots,
    networkRules: rules.ok ? rules.value : undefined,
    details: {
      profile: settings.profile,
      sealed: deniedPlaces(settings.demands),
      protectedNames: protectionOf(config.sandbox).names,
    },
    ...(tmpdir === undefined ? {} : { tmpdir }),
    ...(agentsMd.instructions === undefined ? {} : { agentsMd: agentsMd.instructions }),
    ...(listing === undefined ? {} : { skills: listing }),
  };
  const warnings = [...agentsMd.warnings, ...files.withoutLeftOut(skills.warnings)];
  return { context, skills: skills.skills, sources: agentsMd.sources, warnings };
}

/** The files without those of the project that are not any more what the user trusted. */
function trustedOnly(files: typeof contextFiles, { trustedFiles }: ThreadSettings) {
  const changed = new Set<string>();
  return {
    ...files,
    readTextFile: async (path: string): Promise<string | undefined> => {
      const text = await files.readTextFile(path);
      if (text === undefined || !trustedFiles || trustedFiles.holds(path, text)) return text;
      changed.add(path);
      return undefined;
    },
    /** A file that is left out looks like an empty one to who wanted it: what is said of it is that it is left out. */
    withoutLeftOut: (warnings: readonly string[]) => [
      ...warnings.filter((warning) => ![...changed].some((path) => warning.includes(path))),
      ...[...changed].map((path) => `${path} is left out: it has changed since you trusted the project.`),
    ],
  };
}

/** A project's skills are its words: where the user wishes it so, they wait for trust or for being named. */
function closeUntrusted({ skills, warnings }: LoadedSkills, { config, trusted }: ThreadSettings): LoadedSkills {
  if (trusted || config.sandbox?.untrusted_skills !== "named") return { skills, warnings };
  return { skills: skills.map((skill) => (skill.scope === "repo" ? { ...skill, onlyNamed: true } : skill)), warnings };
}

/** The date where the person is. */
function localDate(now: number): { currentDate: string; timezone: string } {
  const { year, month, day } = localTime(now);
  const two = (n: number): string => String(n).padStart(2, "0");
  return { currentDate: `${year}-${two(month)}-${two(day)}`, timezone: timeZone() };
}
