import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { promptInput, promptReport } from "@codex/core/context/prompt-input";
import { gatherFacts } from "@codex/core/thread/gather-facts";
import { Journal } from "@codex/core/thread/journal";
import { noWish, OpenTurn } from "@codex/core/thread/open-turn";
import { prepareInput } from "@codex/core/thread/prepare-input";
import { resolveSettings } from "@codex/core/thread/resolve-settings";
import type { ThreadSettings } from "@codex/core/thread/thread-settings";
import { makeToolKit } from "@codex/core/tools/make-tool-kit";
import { systemClock } from "@codex/platform/clock";
import { currentEnvironment, type Environment } from "@codex/platform/env";
import { newId } from "@codex/platform/ids";
import { stdio } from "@codex/platform/stdio";
import type { UserInput } from "@codex/protocol/items";
import type { ToolSpec } from "@codex/protocol/responses";
import { ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import type { ExecFlags } from "./commands/exec-options.ts";
import { commandWorld } from "./command-world.ts";
import { loadInput } from "./load-input.ts";
import { keylessProvider } from "./provider-of.ts";
import { splitImages } from "./split-images.ts";

export type PromptInputCommand = {
  readonly prompt: string | undefined;
  readonly flags: ExecFlags;
  readonly tools: boolean;
};

/** The first turn's input items, or with `tools` a report on all that a request holds. Nothing is sent or recorded. */
export async function showPromptInput(command: PromptInputCommand): Promise<Result<unknown>> {
  const { flags, tools } = command;
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const cwd = resolve(flags.cd ?? ".");
  const loaded = await loadConfig(loadInput(flags, home.value, cwd, env));
  if (!loaded.ok) return loaded;
  const runtimeWorkspaceRoots = (flags.addDir ?? []).map((dir) => resolve(dir));
  const settings = resolveSettings(loaded.value, cwd, { runtimeWorkspaceRoots }, undefined, {
    env,
    provider: (id, config) => keylessProvider(id, config, env),
  });
  if (!settings.ok) return settings;

  const prepared = await prepareInput(userInput(command), settings.value);
  if (!prepared.ok) return prepared;
  const world = { codexHome: home.value, env };
  const commands = commandWorld(home.value, env, loaded.value.config.sandbox);
  const facts = await gatherFacts(settings.value, { ...world, shell: commands.shell.path, now: systemClock.now() });
  for (const warning of facts.warnings) stdio.err(`warning: ${warning}\n`);
  const input = promptInput(facts.context, prepared.value, { turnId: newId(), now: systemClock.now, newId });
  if (!tools) return ok(input);
  return ok(promptReport(settings.value.baseInstructions, input, toolSpecs(settings.value, world)));
}

function userInput({ prompt: words, flags }: PromptInputCommand): UserInput[] {
  const { images, prompt } = splitImages(flags.image ?? [], words);
  return [
    ...images.map((image): UserInput => ({ type: "localImage", path: resolve(image) })),
    ...(prompt === undefined ? [] : [{ type: "text" as const, text: prompt, text_elements: [] }]),
  ];
}

/** What a turn with these settings would offer, asked of a turn that is never run. */
function toolSpecs(settings: ThreadSettings, world: { codexHome: string; env: Environment }): ToolSpec[] {
  const id = newId();
  const kit = makeToolKit(id, settings, commandWorld(world.codexHome, world.env, settings.config.sandbox), {
    ...world,
    clock: systemClock,
  });
  const journal = new Journal({ log: undefined, stored: undefined, show: () => undefined, onFailure: () => undefined });
  const ask = () => Promise.reject(new Error("nobody is asked"));
  return kit.startTurn(new OpenTurn(id, settings, noWish, { clock: systemClock, journal, ask }), ask).specs;
}
