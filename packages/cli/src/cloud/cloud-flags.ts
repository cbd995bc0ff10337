import type { SharedOptions } from "../shared-options.ts";

/** What may stand after `codex apply` and `codex cloud …`. */
export type CloudFlags = SharedOptions & {
  env?: string;
  limit?: number;
  cursor?: string;
  json?: boolean;
  attempt?: number;
  attempts?: number;
  branch?: string;
};
