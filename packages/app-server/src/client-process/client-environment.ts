import type { Environment } from "@codex/platform/env";

/** `env` with what a client sets, or takes out by null. */
export function withOverrides(
  env: Environment,
  overrides: Readonly<Record<string, string | null | undefined>> | null | undefined,
): Record<string, string> {
  const all = Object.entries({ ...env, ...overrides });
  return Object.fromEntries(all.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

/** Our own tools come first, where there is a PATH at all. */
export function withTools(env: Record<string, string>, folder: string | undefined): Record<string, string> {
  const { PATH } = env;
  return folder === undefined || PATH === undefined ? env : { ...env, PATH: `${folder}:${PATH}` };
}
