import type { Config } from "@codex/config/schema";

/** `[sandbox]` of the config. */
export type SandboxSettings = NonNullable<Config["sandbox"]>;
