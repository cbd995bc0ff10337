import type { AuthSettings } from "@codex/app-server/transports/authorize";
import { readText } from "@codex/platform/read-file";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { createHash } from "node:crypto";
import { resolve } from "node:path";

export type WebSocketAuthFlags = {
  wsAuth?: "capability-token" | "signed-bearer-token";
  wsTokenFile?: string;
  wsTokenSha256?: string;
  wsSharedSecretFile?: string;
  wsIssuer?: string;
  wsAudience?: string;
  wsMaxClockSkewSeconds?: number;
};

/** The `--ws-…` flags as one setting. What does not fit together is refused in the original's words. */
export function readAuthFlags(flags: WebSocketAuthFlags): Result<AuthSettings> {
  const { wsAuth, wsTokenFile, wsTokenSha256, wsSharedSecretFile, wsIssuer, wsAudience, wsMaxClockSkewSeconds } = flags;
  const ofToken = [wsTokenFile, wsTokenSha256].some((flag) => flag !== undefined);
  const ofSignature = [wsSharedSecretFile, wsIssuer, wsAudience, wsMaxClockSkewSeconds].some(
    (flag) => flag !== undefined,
  );
  switch (wsAuth) {
    case undefined:
      return ofToken || ofSignature
        ? refused("websocket auth flags require `--ws-auth capability-token` or `--ws-auth signed-bearer-token`")
        : ok({ type: "none" });
    case "capability-token":
      return ofSignature
        ? refused(
            "`--ws-shared-secret-file`, `--ws-issuer`, `--ws-audience`, and `--ws-max-clock-skew-seconds` require `--ws-auth signed-bearer-token`",
          )
        : capabilityToken(wsTokenFile, wsTokenSha256);
    case "signed-bearer-token":
      return ofToken
        ? refused(
            "`--ws-token-file` and `--ws-token-sha256` require `--ws-auth capability-token`, not `signed-bearer-token`",
          )
        : signedToken(flags);
  }
}

const refused = (why: string): Result<never> => err(fail("usage", `Error: ${why}`));

function capabilityToken(file: string | undefined, sha256: string | undefined): Result<AuthSettings> {
  if (file !== undefined && sha256 !== undefined) {
    return refused("`--ws-token-file` and `--ws-token-sha256` are mutually exclusive");
  }
  if (sha256 !== undefined) {
    return /^[0-9a-fA-F]{64}$/.test(sha256)
      ? ok({ type: "capabilityToken", sha256: Buffer.from(sha256, "hex") })
      : refused("--ws-token-sha256 must be a 64-character hex SHA-256 digest");
  }
  if (file === undefined) {
    return refused("`--ws-token-file` or `--ws-token-sha256` is required when `--ws-auth capability-token` is set");
  }
  const token = readSecret(file);
  if (!token.ok) return token;
  return ok({ type: "capabilityToken", sha256: createHash("sha256").update(token.value).digest() });
}

function signedToken(flags: WebSocketAuthFlags): Result<AuthSettings> {
  const { wsSharedSecretFile: file, wsIssuer: issuer, wsAudience: audience, wsMaxClockSkewSeconds = 30 } = flags;
  if (file === undefined)
    return refused("`--ws-shared-secret-file` is required when `--ws-auth signed-bearer-token` is set");
  const text = readSecret(file);
  if (!text.ok) return text;
  const secret = Buffer.from(text.value);
  if (secret.byteLength < 32)
    return refused(`signed websocket bearer secret ${resolve(file)} must be at least 32 bytes`);
  return ok({ type: "signedToken", secret, issuer, audience, maxSkewSeconds: wsMaxClockSkewSeconds });
}

function readSecret(file: string): Result<string> {
  const path = resolve(file);
  const text = readText(path);
  const reason = text.ok ? "no such file or directory" : text.error.reason;
  if (!text.ok || text.value === undefined) return refused(`failed to read websocket auth secret ${path}: ${reason}`);
  const secret = text.value.trim();
  return secret === "" ? refused(`websocket auth secret ${path} must not be empty`) : ok(secret);
}
