import type { LoadInput } from "@codex/config/load-config";
import type { ExecFlags } from "./commands/exec-options.ts";

/** How the command line wants its config loaded for a folder. */
export const loadInput = (flags: ExecFlags, codexHome: string, cwd: string, env: LoadInput["env"]): LoadInput => ({
  codexHome,
  cwd,
  env,
  overrides: [...(flags.config ?? []), ...typedOverrides(flags)],
  enable: flags.enable ?? [],
  disable: flags.disable ?? [],
  profile: flags.profile,
  ignoreUserConfig: flags.ignoreUserConfig === true,
  ignoreRules: flags.ignoreRules === true,
  strict: flags.strictConfig === true,
  trustFlag: flags.trust === true,
});

/** Options that are short for a setting. */
function typedOverrides(flags: ExecFlags): string[] {
  const sandbox = bypasses(flags) ? "danger-full-access" : flags.sandbox;
  const reviewed = flags.approveForMe === true;
  const settings = {
    model: flags.model,
    sandbox_mode: sandbox ?? (reviewed ? "workspace-write" : undefined),
    approvals_reviewer: reviewed ? "auto_review" : undefined,
  };
  return Object.entries(settings).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${JSON.stringify(value)}`],
  );
}

/** `--dangerously-bypass-approvals-and-sandbox`, or `--yolo` as it is also called. */
export const bypasses = (flags: ExecFlags): boolean =>
  flags.dangerouslyBypassApprovalsAndSandbox === true || flags.yolo === true;
