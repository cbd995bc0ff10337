import { featureEnabled } from "@codex/config/features";
import type { Clock } from "@codex/platform/clock";
import type { ResponseItem, ToolCallItem, ToolSpec } from "@codex/protocol/responses";
import type { JsonObject } from "@codex/protocol/json";
import { sessionRules } from "@codex/sandbox/permissions/file-rules";
import type { ShellSettings } from "../exec-session/choose-shell.ts";
import type { CommandDeps } from "../exec-session/command-run.ts";
import type { ExecSessions } from "../exec-session/exec-sessions.ts";
import { applyPatchText, type PatchDeps } from "../patch/apply-patch-text.ts";
import { runUserCommand, type UserCommandEnd } from "../exec-session/run-user-command.ts";
import type { OpenTurn } from "../thread/open-turn.ts";
import { freeformApplyPatch, functionApplyPatch } from "./apply-patch.ts";
import { backgroundTerminals, type BackgroundTerminals } from "./background-terminals.ts";
import type { Tool, ToolContext } from "./define-tool.ts";
import { dispatchTool } from "./dispatch.ts";
import { makeExecCommand } from "./exec-command.ts";
import { makeDynamicTools } from "./dynamic-tools.ts";
import type { Grant } from "./permission-grants.ts";
import { makeRequestPermissions } from "./request-permissions.ts";
import { makeRequestUserInput } from "./request-user-input.ts";
import { Turnstile } from "./turnstile.ts";
import { updatePlan } from "./update-plan.ts";
import { makeViewImage } from "./view-image.ts";
import { webSearch } from "./web-search.ts";
import { makeWriteStdin } from "./write-stdin.ts";

/** A thread's tools: what outlives a turn (running commands, what was approved) is made once. */
export type ToolKit = {
  /** `ask` puts a tool's question to whoever answers for the user. */
  startTurn(turn: OpenTurn, ask: ToolContext["ask"]): TurnTools;
  /** Runs a command of the user's own, outside the sandbox and unasked. */
  runUserCommand(
    turn: OpenTurn,
    wish: { readonly command: string; readonly timeoutMs: number; readonly itemId: string },
  ): Promise<UserCommandEnd>;
  readonly terminals: BackgroundTerminals;
  /** Ends every command the thread started. */
  close(): Promise<void>;
};

export type TurnTools = {
  readonly specs: ToolSpec[];
  /** Runs one call and gives the item that answers it; never rejects. */
  dispatch(call: ToolCallItem): Promise<ResponseItem>;
};

export type ToolKitDeps = {
  readonly clock: Clock;
  readonly shell: ShellSettings;
  readonly sessions: ExecSessions;
  readonly commands: Omit<CommandDeps, "notice" | "environment" | "workspaceRoots" | "gate" | "settings" | "offers">;
  readonly patch: PatchDeps;
  /** The whole environment of a command of this turn. */
  environment(turn: OpenTurn): CommandDeps["environment"];
  gate(turn: OpenTurn): CommandDeps["gate"];
  /** What a turn offers to commands that its sandbox stops; `keep` puts a grant into force for the session. */
  offers(turn: OpenTurn, keep: (grant: Grant) => void): CommandDeps["offers"];
};

export function createToolKit(deps: ToolKitDeps): ToolKit {
  const ofSession: Grant[] = [];
  return {
    startTurn: (turn, ask) => {
      for (const grant of ofSession) turn.grant(grant);
      const tools = toolsFor(turn, deps, (grant, scope) => {
        turn.grant(grant);
        if (scope === "session") ofSession.push(grant);
      });
      const turnstile = new Turnstile();
      return {
        specs: tools.flatMap((tool) => specOf(tool) ?? []),
        dispatch: (call) => dispatchTool(call, tools, contextFor(turn, ask, call.call_id), turnstile),
      };
    },
    runUserCommand: (turn, { command, timeoutMs, itemId }) =>
      runUserCommand(command, timeoutMs, contextFor(turn, nobody, itemId), commandDeps(turn, deps)),
    terminals: backgroundTerminals(deps.sessions),
    close: () => deps.sessions.close(),
  };
}

/** The user's own command asks nothing. */
const nobody: ToolContext["ask"] = () => Promise.reject(new Error("nobody is asked"));

const commandDeps = (turn: OpenTurn, deps: ToolKitDeps) => ({
  ...deps.commands,
  settings: turn.settings.config.sandbox,
  shell: { ...deps.shell, allowLogin: turn.settings.config.allow_login_shell },
  workspaceRoots: turn.settings.workspaceRoots,
  environment: deps.environment(turn),
  gate: deps.gate(turn),
  notice: (message: string) => void turn.emit({ method: "warning", params: { threadId: turn.threadId, message } }),
});

/** What the model is offered. A new tool is one file and one line here. */
function toolsFor(turn: OpenTurn, deps: ToolKitDeps, keep: (grant: Grant, scope: "turn" | "session") => void): Tool[] {
  const { config, model, policy } = turn.settings;
  const { clock, sessions, patch } = deps;
  const features = config.features;
  const search = webSearch(config, model, policy);
  const exec = makeExecCommand({
    ...commandDeps(turn, deps),
    offers: deps.offers(turn, (grant) => keep(grant, "session")),
    applyPatch: (text, context) => applyPatchText(text, context, patch),
  });
  return [
    ...(featureEnabled(features, "shell_tool") ? [exec, makeWriteStdin({ sessions, clock })] : []),
    model.applyPatchTool === "freeform" ? freeformApplyPatch(patch) : functionApplyPatch(patch),
    ...(config.tools?.update_plan?.enabled === false ? [] : [updatePlan]),
    ...(model.inputModalities.includes("image")
      ? [makeViewImage({ clock, detail: model.supportsImageDetailOriginal ? "original" : "high" })]
      : []),
    ...(search ? [search] : []),
    ...(featureEnabled(features, "request_permissions_tool") ? [makeRequestPermissions({ clock, keep })] : []),
    makeRequestUserInput(turn.settings.mode?.mode === "plan"),
    ...makeDynamicTools(turn.settings.dynamicTools ?? [], clock),
  ];
}

/** Undefined for a tool that is not offered by itself. */
function specOf(tool: Tool): ToolSpec | undefined {
  if ("hidden" in tool && tool.hidden) return undefined;
  switch (tool.kind) {
    case "client":
      return tool.spec;
    case "hosted":
      return tool.spec;
    case "freeform": {
      const format = { type: "grammar", syntax: "lark", definition: tool.grammar } as const;
      return { type: "custom", name: tool.name, description: tool.description, format };
    }
    case "function": {
      // A TypeBox schema is JSON Schema, with symbols beside it that JSON leaves out.
      const parameters = tool.parameters as unknown as JsonObject;
      return { type: "function", name: tool.name, description: tool.description, strict: false, parameters };
    }
  }
}

const contextFor = (turn: OpenTurn, ask: ToolContext["ask"], callId: string): ToolContext => ({
  threadId: turn.threadId,
  turnId: turn.id,
  callId,
  cwd: turn.settings.cwd,
  sandboxPolicy: turn.settings.policy,
  fileRules: sessionRules(turn.settings, turn.settings.workspaceRoots),
  approvalPolicy: turn.settings.approval,
  reviewed: turn.settings.reviewer !== "user",
  truncation: truncationOf(turn),
  signal: turn.signal,
  emit: (event) => void turn.emit(event),
  ask,
});

/** The model's own measure; `tool_output_token_limit` of the config may change how much, not how it is counted. */
function truncationOf({ settings }: OpenTurn): ToolContext["truncation"] {
  const { truncation } = settings.model;
  const tokens = settings.config.tool_output_token_limit;
  if (tokens === undefined) return truncation;
  return truncation.mode === "tokens" ? { mode: "tokens", limit: tokens } : { mode: "bytes", limit: tokens * 4 };
}
