import { isObject, parseJson } from "@codex/protocol/json";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Authorize } from "./answer-http.ts";

/** How clients of a WebSocket prove that they may come in. */
export type AuthSettings =
  | { readonly type: "none" }
  /** Who knows the token; only its SHA-256 is kept. */
  | { readonly type: "capabilityToken"; readonly sha256: Uint8Array }
  /** Who has a JWT (HS256) made with the secret. */
  | {
      readonly type: "signedToken";
      readonly secret: Uint8Array;
      readonly issuer: string | undefined;
      readonly audience: string | undefined;
      readonly maxSkewSeconds: number;
    };

/** The sentences are those of the original: clients may look for them. */
export function authorizer(settings: AuthSettings, nowMs: () => number): Authorize {
  if (settings.type === "none") return () => undefined;
  return (header) => {
    if (header === undefined) return "missing websocket bearer token";
    const token = /^bearer\s+(\S.*)$/i.exec(header)?.[1]?.trim();
    if (token === undefined) return "invalid authorization header";
    if (settings.type === "signedToken") return jwtProblem(token, settings, nowMs() / 1000);
    const digest = createHash("sha256").update(token).digest();
    return timingSafeEqual(digest, settings.sha256) ? undefined : "invalid websocket bearer token";
  };
}

type SignedToken = Extract<AuthSettings, { type: "signedToken" }>;

const invalid = "invalid websocket jwt";

function jwtProblem(token: string, settings: SignedToken, now: number): string | undefined {
  const [header = "", body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0 || !isHs256(header)) return invalid;
  const expected = createHmac("sha256", settings.secret).update(`${header}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return invalid;
  const claims = parsePart(body);
  return isObject(claims) ? claimsProblem(claims, settings, now) : invalid;
}

const isHs256 = (header: string): boolean => {
  const parsed = parsePart(header);
  return isObject(parsed) && parsed["alg"] === "HS256";
};

const parsePart = (part: string): unknown => parseJson(Buffer.from(part, "base64url").toString());

function claimsProblem(claims: Record<string, unknown>, settings: SignedToken, now: number): string | undefined {
  const { exp, nbf, iss, aud } = claims;
  const { issuer, audience, maxSkewSeconds } = settings;
  if (!Number.isInteger(exp) || (nbf !== undefined && !Number.isInteger(nbf))) return invalid;
  if (Number(exp) + maxSkewSeconds < now) return "expired websocket jwt";
  if (nbf !== undefined && Number(nbf) - maxSkewSeconds > now) return "websocket jwt is not valid yet";
  if (issuer !== undefined && iss !== issuer) return "websocket jwt issuer mismatch";
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audience !== undefined && !audiences.includes(audience)) return "websocket jwt audience mismatch";
  return undefined;
}
