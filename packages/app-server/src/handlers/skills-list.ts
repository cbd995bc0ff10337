import { projectDirectories } from "@codex/core/context/agents-md";
import { loadSkills } from "@codex/core/context/load-skills";
import { contextFiles } from "@codex/core/thread/gather-facts";
import { ok } from "@codex/protocol/result";
import { resolve } from "node:path";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import type { AppServer } from "../server.ts";

/** The skills as a thread in each folder would find them now. */
export const skillsList: Handler<"skills/list"> = async ({ cwds }, { server }) => {
  const folders = cwds?.length ? cwds.map((cwd) => resolve(server.engine.host.cwd, cwd)) : [server.engine.host.cwd];
  return ok({ data: await Promise.all(folders.map((cwd) => skillsOf(cwd, server))) });
};

async function skillsOf(cwd: string, server: AppServer) {
  const loaded = await configNow(server, cwd);
  if (!loaded.ok) return { cwd, skills: [], errors: [{ path: cwd, message: loaded.error.message }] };
  const rootMarkers = loaded.value.config.project_root_markers;
  const directories = await projectDirectories({ cwd, rootMarkers }, contextFiles);
  const found = await loadSkills(server.engine.codexHome, directories, contextFiles);
  return {
    cwd,
    skills: found.skills.map(({ name, description, path, scope }) => ({
      name,
      description,
      path,
      scope,
      enabled: true,
      pluginId: null,
    })),
    errors: found.warnings.map((message) => ({ path: pathIn(message), message })),
  };
}

/** The warnings name the SKILL.md that they are about. */
const pathIn = (warning: string): string => /skill (\/.*SKILL\.md)/.exec(warning)?.[1] ?? "";
