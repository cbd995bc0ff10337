import { holdProfile } from "@codex/sandbox/permissions/demands";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { page } from "../page.ts";

/** The built-in profiles, then those of the config by name, and whether the administrator lets each be chosen. */
export const permissionProfileList: Handler<"permissionProfile/list"> = async (params, { server }) => {
  const loaded = await configNow(server, params.cwd);
  if (!loaded.ok) return loaded;
  const { config } = loaded.value;
  const own = Object.entries(config.permissions ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const all = [
    ...[":read-only", ":workspace", ":danger-full-access"].map((id) => ({ id, description: null })),
    ...own.map(([id, { description }]) => ({ id, description: description ?? null })),
  ];
  return page(
    all.map((profile) => ({ ...profile, allowed: holdProfile(profile.id, loaded.value).value === profile.id })),
    "permission profiles",
    params,
  );
};
