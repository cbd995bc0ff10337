import { isObject, parseJson, type JsonObject } from "@codex/protocol/json";
import type { RiskLevel, UserAuthorization } from "@codex/protocol/notifications";

/** The reviewer's judgement. Names and values: the original's schema. */
export type Assessment = {
  readonly outcome: "allow" | "deny";
  readonly riskLevel: RiskLevel | null;
  readonly userAuthorization: UserAuthorization | null;
  readonly rationale: string | null;
};

const riskLevels = ["low", "medium", "high", "critical"] as const satisfies RiskLevel[];
const authorizations = ["unknown", "low", "medium", "high"] as const satisfies UserAuthorization[];

/** What the answer has to look like, as the model is told. */
export const assessmentSchema: JsonObject = {
  type: "object",
  additionalProperties: false,
  required: ["outcome"],
  properties: {
    risk_level: { type: "string", enum: [...riskLevels] },
    user_authorization: { type: "string", enum: [...authorizations] },
    outcome: { type: "string", enum: ["allow", "deny"] },
    rationale: { type: "string" },
  },
};

/** Undefined for anything but exactly such an object: what cannot be read must never count as a yes. */
export function readAssessment(text: string): Assessment | undefined {
  const answer = parseJson(text.trim());
  if (!isObject(answer) || (answer["outcome"] !== "allow" && answer["outcome"] !== "deny")) return undefined;
  const riskLevel = oneOf(answer["risk_level"], riskLevels);
  const userAuthorization = oneOf(answer["user_authorization"], authorizations);
  const { outcome, rationale = null } = answer;
  if (riskLevel === undefined || userAuthorization === undefined) return undefined;
  if (rationale !== null && typeof rationale !== "string") return undefined;
  return { outcome, riskLevel, userAuthorization, rationale };
}

/** Null where it is left out, undefined where it is something else. */
function oneOf<T extends string>(value: unknown, known: readonly T[]): T | null | undefined {
  return value === undefined || value === null ? null : known.find((name) => name === value);
}
