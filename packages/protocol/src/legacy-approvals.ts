import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "./schema.ts";

export const CoreExecPolicyAmendment = T.Array(T.String(), { title: "CoreExecPolicyAmendment", namedIn: "types" });
export type CoreExecPolicyAmendment = Static<typeof CoreExecPolicyAmendment>;

export const CoreNetworkPolicyRuleAction = Words(["allow", "deny"], { title: "CoreNetworkPolicyRuleAction" });
export type CoreNetworkPolicyRuleAction = Static<typeof CoreNetworkPolicyRuleAction>;

export const CoreNetworkPolicyAmendment = T.Object(
  { host: T.String(), action: CoreNetworkPolicyRuleAction },
  { title: "CoreNetworkPolicyAmendment" },
);
export type CoreNetworkPolicyAmendment = Static<typeof CoreNetworkPolicyAmendment>;

export const ReviewDecision = T.Union(
  [
    Words(["approved", "approved_for_session", "approved_mcp_policy_amendment", "timed_out", "abort"]),
    T.Object(
      { approved_execpolicy_amendment: T.Object({ proposed_execpolicy_amendment: CoreExecPolicyAmendment }) },
      { additionalProperties: false },
    ),
    T.Object(
      { network_policy_amendment: T.Object({ network_policy_amendment: CoreNetworkPolicyAmendment }) },
      { additionalProperties: false },
    ),
    T.Object({ denied: T.Object({ rejection: T.String() }) }, { additionalProperties: false }),
  ],
  { title: "ReviewDecision" },
);
export type ReviewDecision = Static<typeof ReviewDecision>;
