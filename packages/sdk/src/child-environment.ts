import type { CodexOptions } from "./options.ts";

/**
 * The environment of the program: the one that was given, or else this process's. Variables that begin with `BUN_` are left
 * out, because `BUN_OPTIONS` and `BUN_BE_BUN` would act on the program before its first line.
 */
export function childEnvironment(
  { env, apiKey }: Pick<CodexOptions, "env" | "apiKey">,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const all = {
    // The name that the program puts into its requests' `originator` header.
    CODEX_INTERNAL_ORIGINATOR_OVERRIDE: "codex_sdk_ts",
    ...(env ?? own),
    ...(apiKey === undefined ? {} : { CODEX_API_KEY: apiKey }),
  };
  return Object.fromEntries(
    Object.entries(all).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("BUN_"),
    ),
  );
}
