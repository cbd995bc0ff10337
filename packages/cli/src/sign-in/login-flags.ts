import type { SharedOptions } from "../shared-options.ts";

/** What may stand after `codex login`, `codex login status` and `codex logout`. */
export type LoginFlags = SharedOptions & {
  withApiKey?: boolean;
  withAccessToken?: boolean;
  deviceAuth?: boolean;
  apiKey?: string | boolean;
  experimental_issuer?: string;
  experimental_clientId?: string;
};
