import { pathKind, realPath } from "@codex/platform/read-file";
import { ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import type { ConfigTable } from "./config-value.ts";
import type { Layer } from "./layer.ts";
import { splitProjectKeys } from "./project-keys.ts";
import { foldersBetween } from "./project-root.ts";
import { checkLayer, readToml, type ReadOptions } from "./read-layer.ts";
import { trustOf, type TrustLevel } from "./trust.ts";

export type Project = {
  /** Canonical, as is the working folder. */
  readonly root: string;
  readonly cwd: string;
  readonly codexHome: string;
  readonly userFile: string;
  /** The user's own config.toml, which alone says what is trusted. */
  readonly userTable: ConfigTable;
  /** Trusted by `--trust`, whatever is not explicitly untrusted. */
  readonly trustNow: boolean;
  /** Something of it that was trusted is different now, so that it is not trusted any more. */
  readonly hasChanged: boolean;
};

/**
 * The `.codex/config.toml` of each folder from the project's root down to the working folder, the nearest last.
 * A file of a project that is not trusted is not even read.
 */
export async function readProjectLayers(project: Project, options: ReadOptions): Promise<Result<Layer[]>> {
  const layers: Layer[] = [];
  for (const folder of foldersBetween(project.root, project.cwd)) {
    const dotCodex = join(folder, ".codex");
    if (isHome(dotCodex, project)) continue;
    const level = projectTrust(folder, project);
    // Rules alone are no layer; where they are left out, that is told all the same.
    const counts = level === "trusted" ? ["config.toml"] : ["config.toml", "rules"];
    if (counts.every((name) => pathKind(join(dotCodex, name)) === "absent")) continue;
    const layer =
      level === "trusted"
        ? await readProjectLayer(dotCodex, project, options)
        : ok(closedLayer(dotCodex, level, project));
    if (!layer.ok) return layer;
    layers.push(layer.value);
  }
  return ok(layers);
}

/** What the person says of a folder of the project, `--trust` included. */
export function projectTrust(folder: string, project: Project): TrustLevel | undefined {
  const { root, userTable, trustNow, hasChanged } = project;
  const level = trustOf(folder, root, userTable) ?? (trustNow ? "trusted" : undefined);
  return hasChanged && level === "trusted" ? undefined : level;
}

/** In the home folder `~/.codex` is the user's own layer, not a project's. */
const isHome = (dotCodex: string, { codexHome }: Project): boolean => realPath(dotCodex) === realPath(codexHome);

async function readProjectLayer(
  dotCodexFolder: string,
  { userFile }: Project,
  options: ReadOptions,
): Promise<Result<Layer>> {
  const file = join(dotCodexFolder, "config.toml");
  const read = readToml(file);
  if (!read.ok) return read;
  const { kept, ignored } = splitProjectKeys(read.value.table);
  const layer = await checkLayer({ type: "project", dotCodexFolder }, { ...read.value, table: kept }, options);
  if (!layer.ok || ignored.length === 0) return layer;
  const message = `Ignored unsupported project-local config keys in ${file}: ${ignored.join(", ")}. Settings of this kind count only in ${userFile}.`;
  return ok({ ...layer.value, warnings: [...layer.value.warnings, { message, file }] });
}

function closedLayer(dotCodexFolder: string, level: TrustLevel | undefined, project: Project): Layer {
  const { root, userFile, hasChanged } = project;
  const disabledReason =
    level === "untrusted"
      ? `${root} is marked as untrusted in ${userFile}.`
      : hasChanged
        ? `${root} has changed since you trusted it.`
        : `${root} is not trusted yet. Run with --trust, or add it as a trusted project in ${userFile}.`;
  return { source: { type: "project", dotCodexFolder }, table: {}, disabledReason, warnings: [] };
}

/** One sentence for all the layers that were left out; undefined where there are none. */
export function closedWarning(layers: readonly Layer[]): string | undefined {
  const closed = layers.flatMap(({ source, disabledReason }) =>
    source.type === "project" && disabledReason !== undefined
      ? [{ folder: source.dotCodexFolder, disabledReason }]
      : [],
  );
  const folders = closed.map(({ folder }) => folder).join(", ");
  return (
    closed[0] && `Project-local config, hooks and exec policies are disabled in ${folders}: ${closed[0].disabledReason}`
  );
}
