import type { Environment } from "@codex/platform/env";
import { authorityFile, trustAlso } from "@codex/platform/http";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** The certificates to trust where the environment names more than the built-in ones; undefined for just those. */
export async function trustedAuthorities(env: Environment): Promise<Result<readonly string[] | undefined>> {
  const file = authorityFile(env);
  if (file === undefined) return ok(undefined);
  const trusted = await trustAlso(file);
  return trusted.ok ? ok(trusted.value.tls.ca) : err(fail("usage", trusted.error.cause));
}
