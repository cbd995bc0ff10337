import { backendUrl } from "@codex/auth/backend/backend-base";
import type { Backend, BackendFailure } from "@codex/auth/backend/open-backend";
import type { Result as AccountLimits } from "@codex/protocol/methods/account-rate-limits-read";
import type { PlanType } from "@codex/protocol/values";
import { err, ok, type Result } from "@codex/protocol/result";
import { accountOf, limitsOf, ordinaryUseOf, type UsageAnswer, type UsageOwner, usageAnswer } from "./usage-limits.ts";
import { resetCredits, resetCreditsCount } from "./reset-credits.ts";

export type UsageDeps = {
  ask: Backend;
  /** `chatgpt_base_url`. */
  base: string;
  /** Whose limits they ought to be; undefined where the login does not say. */
  owner?: UsageOwner | undefined;
  /** The protocol's name of a plan that the service names. */
  planOf(plan: string): PlanType;
};

/** An account's limits and what it has used, as `account/rateLimits/read` answers. The single credits are asked for beside. */
export async function readUsage(
  { creditDetails }: { creditDetails: boolean },
  { ask, base, planOf, owner }: UsageDeps,
): Promise<Result<AccountLimits, BackendFailure>> {
  const url = backendUrl(base, "usage");
  const [usage, credits] = await Promise.all([
    ask({ method: "GET", url }),
    creditDetails ? ask({ method: "GET", url: backendUrl(base, "rate-limit-reset-credits") }) : undefined,
  ]);
  if (!usage.ok) return usage;
  const answer: UsageAnswer | undefined = usageAnswer(usage.value);
  if (answer === undefined) return err({ kind: "unreadable", url, contentType: "JSON", body: "" });
  const limits = limitsOf(answer, planOf);
  return ok({
    ordinaryUsageAllowed: ordinaryUseOf(answer, owner),
    rateLimits: limits.codex,
    rateLimitsByLimitId: { codex: limits.codex, ...limits.additional },
    // The details are an extra: without them the count still tells.
    rateLimitResetCredits: (credits?.ok ? resetCredits(credits.value) : undefined) ?? resetCreditsCount(answer),
    accountId: accountOf(answer),
    rateLimitUpsell: null,
  });
}
