import { isObject, type JsonObject } from "@codex/protocol/json";
import { sha1 } from "@codex/platform/sha1";
import type { SandboxPolicy, AskForApproval } from "@codex/protocol/thread";
import type { DomainRules } from "@codex/sandbox/network/domain-rules";
import type { AgentsMdState } from "./agents-md-text.ts";
import { filesystemXml, type Environments } from "./environment-context.ts";
import type { PermissionDetails } from "./permission-entries.ts";
import { permissionsInstructions } from "./permissions.ts";

/** What a turn's model has to know of the world it works in. */
export type ContextFacts = {
  readonly model: string;
  /** The base instructions for `model`; given again when a later turn takes another model. */
  readonly baseInstructions: string;
  readonly developerInstructions?: string;
  /** Absolute. */
  readonly cwd: string;
  /** Name of the user's shell, such as "bash". */
  readonly shell: string;
  /** "2026-11-21", in `timezone`. */
  readonly currentDate: string;
  /** IANA name. */
  readonly timezone: string;
  readonly policy: SandboxPolicy;
  readonly approval: AskForApproval;
  /** Absolute. */
  readonly workspaceRoots: readonly string[];
  readonly tmpdir?: string;
  readonly networkRules?: DomainRules | undefined;
  /** What the policy does not say. */
  readonly details?: PermissionDetails;
  /** What AGENTS.md files say; without `directory` where only the user's own global file does. */
  readonly agentsMd?: AgentsMdState;
  /** How the user and the model work together; undefined where no client has ever said. */
  readonly mode?: { readonly name: "plan" | "default"; readonly instructions: string };
  /** The list of skills (see skills-listing); undefined where there are none. */
  readonly skills?: string;
};

/**
 * What the model has been told, in the key names of the rollout's `world_state` line; long texts as their SHA-1. The next
 * turn is compared with it, also after a resume. Sections of other versions may stand beside these.
 */
export type WorldState = {
  agents_md: AgentsMdState;
  environments: Environments;
  collaboration_mode?: { mode: string; model: string; instructions: string };
  host_skills: { body?: string; includeInstructions: true };
  model: string;
  permissions: { instructions: string; approved_command_prefixes: string[] };
};

export function worldState(facts: ContextFacts): WorldState {
  return {
    agents_md: { ...facts.agentsMd },
    environments: {
      environments: { local: { cwd: facts.cwd, status: "available", shell: facts.shell } },
      current_date: facts.currentDate,
      timezone: facts.timezone,
      filesystem: filesystemXml(facts.policy, facts.workspaceRoots, facts.details),
    },
    ...(facts.mode && {
      collaboration_mode: {
        mode: facts.mode.name,
        model: facts.model,
        instructions: sha1(facts.mode.instructions),
      },
    }),
    host_skills: { ...(facts.skills === undefined ? {} : { body: facts.skills }), includeInstructions: true },
    model: facts.model,
    permissions: { instructions: sha1(permissionsInstructions(facts)), approved_command_prefixes: [] },
  };
}

/** A `world_state` line's payload: the whole state, or a JSON Merge Patch (RFC 7396) to the one before. */
export type WorldStateRecord = { full: boolean; state: JsonObject };

/** The state after a record; fold the records of a rollout, in order, to get the last one. */
export function applyWorldState(before: JsonObject | undefined, record: WorldStateRecord): JsonObject {
  return record.full ? record.state : mergePatch(before ?? {}, record.state);
}

function mergePatch(before: JsonObject, patch: JsonObject): JsonObject {
  const after = { ...before };
  for (const [key, value] of Object.entries(patch)) {
    const old = after[key];
    if (value === null) delete after[key];
    else if (isJsonObject(value)) after[key] = mergePatch(isJsonObject(old) ? old : {}, value);
    else after[key] = value;
  }
  return after;
}

/** The merge patch from one state to another; undefined where they are equal. */
export function diffStates(before: JsonObject, after: JsonObject): JsonObject | undefined {
  const patch: JsonObject = {};
  for (const key of Object.keys(before)) if (!(key in after)) patch[key] = null;
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (Bun.deepEquals(old, value)) continue;
    patch[key] = isJsonObject(old) && isJsonObject(value) ? (diffStates(old, value) ?? {}) : value;
  }
  return Object.keys(patch).length === 0 ? undefined : patch;
}

const isJsonObject = (value: unknown): value is JsonObject => isObject(value);
