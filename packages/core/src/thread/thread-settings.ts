import type { TrustedFiles } from "@codex/config/trusted-files";
import type { RuleFolders } from "@codex/config/rule-folders";
import type { Config } from "@codex/config/schema";
import type { ModelInfo } from "@codex/model/catalogue";
import type { Provider } from "@codex/model/providers";
import type { CollaborationMode } from "@codex/protocol/collaboration-mode";
import type { DynamicToolSpec } from "@codex/protocol/methods/thread-start";
import type { Personality } from "@codex/protocol/values";
import type { ApprovalsReviewer, AskForApproval, SandboxMode, SandboxPolicy } from "@codex/protocol/thread";
import type { Demands } from "@codex/sandbox/permissions/demands";
import type { PermissionProfile } from "@codex/sandbox/permissions/profile";

/** What a thread's turns run with. A turn may change it for itself and those after it. */
export type ThreadSettings = {
  readonly config: Config;
  readonly provider: Provider;
  readonly model: ModelInfo;
  /** Sentences about these settings, to be told at the next turn. */
  readonly warnings: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** Absolute, canonical; from the user and the session's start, never from the model. */
  readonly workspaceRoots: readonly string[];
  readonly policy: SandboxPolicy;
  /** Where a permission profile is in force; `policy` is then what comes nearest to it. */
  readonly profile: PermissionProfile | undefined;
  /** The built-in profile that is in force because nothing else was chosen. */
  readonly impliedProfile?: string | undefined;
  /** The administrator's, which every later choice must obey. */
  readonly demands: Demands;
  /** The user trusts the project. */
  readonly trusted?: boolean;
  /** Its files as they were trusted, where the user wants them compared: others are left out. */
  readonly trustedFiles?: TrustedFiles | undefined;
  /** Where the rules for commands are. */
  readonly rules: RuleFolders;
  readonly approval: AskForApproval;
  readonly reviewer: ApprovalsReviewer;
  /** Undefined leaves the choice to the model's default. */
  readonly effort: string | undefined;
  readonly summary: string | undefined;
  readonly verbosity: string | undefined;
  readonly serviceTier: string | undefined;
  /** The text that opens every request. */
  readonly baseInstructions: string;
  readonly developerInstructions: string | undefined;
  /** How the user and the model work together; undefined where no client has ever said. */
  readonly mode?: CollaborationMode;
  /** Kept for clients; the model is told nothing of it. */
  readonly personality?: Personality;
  /** Tools that the client runs. */
  readonly dynamicTools?: readonly DynamicToolSpec[];
};

/** The mode a policy came from, as the service and the environment name it. */
export function modeOf(policy: SandboxPolicy): SandboxMode {
  switch (policy.type) {
    case "readOnly":
      return "read-only";
    case "workspaceWrite":
      return "workspace-write";
    case "dangerFullAccess":
    case "externalSandbox":
      return "danger-full-access";
  }
}
