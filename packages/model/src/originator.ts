import { isHeaderValue } from "./header-value.ts";

/**
 * Who asks, in the `originator` header and at the beginning of `user-agent`: the client, or what the environment names in
 * its place. A name that no header can hold makes it nobody in particular, as with the original.
 */
export function originatorOf(
  env: { readonly CODEX_INTERNAL_ORIGINATOR_OVERRIDE?: string | undefined },
  client: string | undefined,
): string {
  const named = env.CODEX_INTERNAL_ORIGINATOR_OVERRIDE;
  if (!named) return client ?? defaultOriginator;
  return isHeaderValue(named) ? named : defaultOriginator;
}

const defaultOriginator = "codex_cli_rs";
