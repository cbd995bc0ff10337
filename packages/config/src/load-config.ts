import type { Environment } from "@codex/platform/env";
import { realPath } from "@codex/platform/read-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { applyRequirements, managedRequirements } from "./apply-requirements.ts";
import { checkConfig } from "./check-config.ts";
import { configError, type ConfigWarning } from "./config-problem.ts";
import type { ConfigTable } from "./config-value.ts";
import { layerName, type Layer } from "./layer.ts";
import { leaves, mergeLayers, mergeTables, originOf } from "./merge-layers.ts";
import { parseFlags, type Flags } from "./overrides.ts";
import { checkLegacyProfiles, checkProfileName, profileFile } from "./profile.ts";
import { closedWarning, projectTrust, readProjectLayers, type Project } from "./project-layers.ts";
import { findProjectRoot } from "./project-root.ts";
import { checkLayer, readLayer, readToml, type ReadOptions } from "./read-layer.ts";
import { readRequirements, type Requirements } from "./requirements.ts";
import { ruleFolders, type RuleFolders } from "./rule-folders.ts";
import { defaults, type Config } from "./schema.ts";
import type { TrustedFiles } from "./trusted-files.ts";
import { saveTrust, type TrustLevel } from "./trust.ts";

export type LoadInput = Partial<Flags> & {
  /** Canonical, as `codexHome` gives it. */
  readonly codexHome: string;
  readonly cwd: string;
  readonly env: Environment;
  /** `-p name`. */
  readonly profile?: string | undefined;
  /** Leaves out the user's config.toml. What it says of trust still counts. */
  readonly ignoreUserConfig?: boolean;
  /** Leaves out the rules for commands that the user and the project have. */
  readonly ignoreRules?: boolean;
  /** A key nobody knows is an error. */
  readonly strict?: boolean;
  /** `--trust`: the person trusts this project from now on, unless they said the opposite before. */
  readonly trustFlag?: boolean;
  /** Where an administrator's files are. */
  readonly systemDir?: string;
};

export type LoadedConfig = {
  readonly config: Config;
  /** Lowest precedence first; `origins(layers)` names the layer of each leaf. */
  readonly layers: readonly Layer[];
  readonly warnings: readonly ConfigWarning[];
  /** Canonical. The folder with a root marker (`.git`), else the working folder. */
  readonly projectRoot: string;
  /** Whether the person trusts the project. */
  readonly trusted: boolean;
  /** What the person said of the project; undefined where they have said nothing. */
  readonly trust: TrustLevel | undefined;
  /** A trusted project's files as they were trusted, where the user wants them compared. */
  readonly trustedFiles?: TrustedFiles;
  /** Where the rules for commands are. */
  readonly rules: RuleFolders;
  /** What an administrator demands: applied to `config` already, and binding for what is chosen later. */
  readonly requirements: Requirements;
  /** Where they stand, for messages. */
  readonly requirementsFile: string;
};

/** Every layer of settings as one; from the lowest: system, user, profile, project, command line, managed, requirements. */
export async function loadConfig(input: LoadInput): Promise<Result<LoadedConfig>> {
  const { systemDir = "/etc/codex", env } = input;
  const cwd = realPath(input.cwd) ?? input.cwd;
  const options = { strict: input.strict ?? false, cwd, env };

  const personal = await readPersonalLayers(input, systemDir, options);
  if (!personal.ok) return personal;
  const { below, flags, userTable } = personal.value;

  const markers = resolve([...below, flags]).project_root_markers;
  const userFile = join(input.codexHome, "config.toml");
  const trustNow = input.trustFlag ?? false;
  const found = {
    root: findProjectRoot(cwd, markers),
    cwd,
    codexHome: input.codexHome,
    userFile,
    userTable,
    trustNow,
    hasChanged: false,
  };
  const trust = await decideTrust(found);
  if (!trust.ok) return trust;
  const wishes = resolve([...below, flags]);
  const recheck = wishes.sandbox?.recheck_trust === true && trust.value.level === "trusted";
  const pinned = recheck ? await recheckTrust(found, wishes.project_doc_fallback_filenames) : ok(undefined);
  if (!pinned.ok) return pinned;
  const changed = pinned.value?.changed() ?? [];
  const project = { ...found, hasChanged: changed.length > 0 };
  const projectLayers = await readProjectLayers(project, options);
  if (!projectLayers.ok) return projectLayers;

  const managed = await readLayer(
    { type: "legacyManagedConfigTomlFromFile", file: join(systemDir, "managed_config.toml") },
    options,
  );
  if (!managed.ok) return managed;
  const layers = [...below, ...projectLayers.value, flags, managed.value];
  const requirementsFile = join(systemDir, "requirements.toml");
  const bound = bind(layers, managed.value, requirementsFile);
  if (!bound.ok) return bound;

  const config = withProfiles(resolve(bound.value.layers), bound.value.requirements);
  const checked = await checkConfig(config, bound.value.layers);
  if (!checked.ok) return checked;
  const warnings = [
    ...bound.value.layers.flatMap((layer) => layer.warnings),
    ...trust.value.warnings,
    ...(changed.length === 0 ? [] : [{ message: changedWarning(project.root, changed) }]),
    ...notices(bound.value.layers),
  ];
  const managedRules = bound.value.requirements.rules ?? [];
  const rules = ruleFolders(project, systemDir, { ignored: input.ignoreRules ?? false, managed: managedRules });
  const level = changed.length === 0 ? trust.value.level : undefined;
  const said = { trust: level, trusted: level === "trusted", ...(pinned.value && { trustedFiles: pinned.value }) };
  return ok({ ...bound.value, requirementsFile, config, warnings, projectRoot: project.root, ...said, rules });
}

type Personal = {
  /** System, user, profile. */
  readonly below: readonly Layer[];
  readonly flags: Layer;
  readonly userTable: ConfigTable;
};

async function readPersonalLayers(
  input: LoadInput,
  systemDir: string,
  options: ReadOptions,
): Promise<Result<Personal>> {
  const { codexHome, profile, ignoreUserConfig = false, overrides = [], enable = [], disable = [] } = input;
  const parsedFlags = parseFlags({ overrides, enable, disable });
  if (!parsedFlags.ok) return parsedFlags;
  const flags = await checkLayer({ type: "sessionFlags" }, { source: undefined, table: parsedFlags.value }, options);
  if (!flags.ok) return flags;
  const system = await readLayer({ type: "system", file: join(systemDir, "config.toml") }, options);
  if (!system.ok) return system;

  const file = join(codexHome, "config.toml");
  const read = readToml(file);
  if (!read.ok && !ignoreUserConfig) return read;
  const written = read.ok ? read.value : { source: undefined, table: {} };
  const used = ignoreUserConfig ? { source: undefined, table: {} } : written;
  const legacy = checkLegacyProfiles(used.table, codexHome, profile);
  if (!legacy.ok) return legacy;
  const user = await checkLayer({ type: "user", file, profile: null }, used, options);
  if (!user.ok) return user;

  const named = profile === undefined ? ok([]) : await readProfile(profile, codexHome, options);
  if (!named.ok) return named;
  return ok({ below: [system.value, user.value, ...named.value], flags: flags.value, userTable: written.table });
}

/** The layer of `-p name`. Its file must be there: settings that silently do not apply are worse than an error. */
async function readProfile(profile: string, codexHome: string, options: ReadOptions): Promise<Result<Layer[]>> {
  const name = checkProfileName(profile);
  if (!name.ok) return name;
  const file = profileFile(codexHome, profile);
  const layer = await readLayer({ type: "user", file, profile }, options);
  if (!layer.ok) return layer;
  if (layer.value.text !== undefined) return ok([layer.value]);
  return err(
    configError(`There is no profile \`${profile}\`: ${file} does not exist. Create it, or leave out --profile.`),
  );
}

type Trust = { readonly level: TrustLevel | undefined; readonly warnings: readonly ConfigWarning[] };

/** Is the working folder trusted? Writes down what `--trust` says for the first time. */
async function decideTrust(project: Project): Promise<Result<Trust>> {
  const before = projectTrust(project.cwd, { ...project, trustNow: false });
  if (!project.trustNow || before === "trusted") return ok({ level: before, warnings: [] });
  if (before === "untrusted") {
    const message = `--trust does not override ${project.userFile}, which marks ${project.root} as untrusted.`;
    return ok({ level: before, warnings: [{ message }] });
  }
  const saved = await saveTrust(project.userFile, project.root, "trusted");
  return saved.ok ? ok({ level: "trusted", warnings: [] }) : saved;
}

/** A project that was never compared before is taken as it is, and so is one that the user trusts anew. */
async function recheckTrust(
  { codexHome, root, cwd, trustNow }: Project,
  fallbackNames: readonly string[],
): Promise<Result<TrustedFiles>> {
  const { openTrustedFiles } = await import("./trusted-files.ts");
  const files = openTrustedFiles({ codexHome, root, cwd, fallbackNames });
  const accepted = files.firstSeen || trustNow ? files.accept() : ok(undefined);
  return accepted.ok ? ok(files) : accepted;
}

const changedWarning = (root: string, changed: readonly string[]): string =>
  `${root} counts as not trusted, since this has changed since you trusted it: ${changed.join(", ")}. Look at it, and run with --trust to take it as it is.`;

type Bound = { readonly layers: readonly Layer[]; readonly requirements: Requirements };

/** Adds, as the highest layer, what the administrator's demands change. */
function bind(layers: readonly Layer[], managed: Layer, file: string): Result<Bound> {
  const read = readRequirements(file);
  if (!read.ok) return read;
  const requirements = { ...managedRequirements(managed.table), ...read.value };
  const { table, warnings } = applyRequirements(resolve(layers), requirements, file);
  if (Object.keys(table).length === 0) return ok({ layers, requirements });
  const source = { type: "enterpriseManaged", id: "requirements", name: file } as const;
  return ok({ layers: [...layers, { source, table, warnings }], requirements });
}

function notices(layers: readonly Layer[]): ConfigWarning[] {
  const closed = closedWarning(layers);
  return [...overridden(layers), ...(closed === undefined ? [] : [{ message: closed }])];
}

/** What was asked for and an administrator's files decided otherwise, in sentences. */
export const fallbacksOf = ({ layers }: Pick<LoadedConfig, "layers">): string[] =>
  [...layers.filter(({ source }) => source.type === "enterpriseManaged"), { warnings: overridden(layers) }].flatMap(
    ({ warnings }) => warnings.map(({ message }) => message),
  );

/** What the command line asked for and a managed file decided otherwise. The demands of requirements.toml warn by themselves. */
function overridden(layers: readonly Layer[]): ConfigWarning[] {
  const flags = layers.find((layer) => layer.source.type === "sessionFlags");
  return [...leaves(flags?.table ?? {})].flatMap(([path]) => {
    const winner = originOf(layers, path);
    if (winner?.source.type !== "legacyManagedConfigTomlFromFile") return [];
    return [{ message: `\`${path.join(".")}\` of the command line is overridden by ${layerName(winner.source)}.` }];
  });
}

/** An administrator's profile replaces any of its name: what the user's would add to it could widen it. */
const withProfiles = (config: Config, { profiles }: Requirements): Config =>
  // Validated with the file that holds them.
  profiles === undefined
    ? config
    : { ...config, permissions: { ...config.permissions, ...(profiles as Config["permissions"]) } };

/** The layers over the defaults. Each was validated against the schema that the type is derived from. */
const resolve = (layers: readonly Layer[]): Config =>
  mergeTables(defaults, mergeLayers(layers.map((layer) => layer.table))) as ConfigTable & Config;
