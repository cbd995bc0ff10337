import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { configError } from "./config-problem.ts";
import { valueAt, type ConfigTable } from "./config-value.ts";

/** The file that `-p name` adds over the user's own. */
export const profileFile = (codexHome: string, name: string): string => join(codexHome, `${name}.config.toml`);

/** A profile's name becomes part of a file's name, so it may not lead elsewhere. */
export function checkProfileName(name: string): Result<string> {
  if (/^[A-Za-z0-9_-]+$/.test(name)) return ok(name);
  return err({ code: "usage", message: `invalid --profile value \`${name}\`; pass a plain name such as \`work\`` });
}

/** Refuses the profiles of earlier versions, which lived inside config.toml, and says how to move them. */
export function checkLegacyProfiles(user: ConfigTable, codexHome: string, profile: string | undefined): Result<void> {
  const selected = typeof user.profile === "string" ? user.profile : undefined;
  if (profile === undefined)
    return selected === undefined ? ok(undefined) : err(configError(selectorIsGone(selected, codexHome)));
  const inTable = valueAt(user, ["profiles", profile]) !== undefined;
  return selected === undefined && !inTable ? ok(undefined) : err(configError(tableIsGone(profile, codexHome)));
}

const selectorIsGone = (name: string, codexHome: string): string =>
  `legacy \`profile = "${name}"\` config is no longer supported; use \`--profile ${name}\` with \`${name}.config.toml\` instead: ` +
  `move the keys of \`[profiles.${name}]\` to the top of ${profileFile(codexHome, name)}, remove the \`profile\` line, run \`codex -p ${name}\`.`;

const tableIsGone = (name: string, codexHome: string): string =>
  `--profile \`${name}\` cannot be used while ${join(codexHome, "config.toml")} contains legacy \`profile = "${name}"\` or ` +
  `\`[profiles.${name}]\` config; move those settings to the top of ${profileFile(codexHome, name)} and remove the old ones.`;
