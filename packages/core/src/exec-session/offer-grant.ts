import { newId } from "@codex/platform/ids";
import type { ServerRequestParams } from "@codex/protocol/approvals";
import { shellScript } from "@codex/sandbox/visible-commands";
import type { ToolContext } from "../tools/define-tool.ts";
import type { CommandRun } from "./command-run.ts";
import type { ExecSession } from "./exec-session.ts";
import { missingGrant, type MissingGrant } from "./missing-grant.ts";
import type { Offers, Widened } from "./offers.ts";
import { retainedText } from "./output-text.ts";

/** What came of it. `note`: for the model and the person, what was granted or not. */
export type Offered =
  | { readonly kind: "granted"; readonly grant: MissingGrant; readonly note: string; readonly sandbox: Widened }
  | { readonly kind: "declined"; readonly note: string }
  | { readonly kind: "none" };

/** Asks whether a command that has failed in the sandbox may run again with what it lacked. Rejects when the turn is interrupted. */
export async function offerGrant(
  session: ExecSession,
  run: CommandRun,
  context: ToolContext,
  { granted, offers }: { granted: readonly MissingGrant[]; offers: Offers },
): Promise<Offered> {
  const failed = session.exitCode !== undefined && session.exitCode !== 0;
  if (!failed) return { kind: "none" };
  const script = shellScript(run.argv) ?? run.argv.join(" ");
  const grant = missingGrant(
    { output: retainedText(session.all()), script, cwd: run.shown.cwd },
    offers.grantable(granted),
  );
  const sandbox = grant && offers.widened([...granted, grant]);
  if (!grant || !sandbox) return { kind: "none" };
  const { decision, reason } = await context.ask(
    "item/commandExecution/requestApproval",
    grantRequest(grant, script, run, context),
  );
  if (decision !== "accept" && decision !== "acceptForSession") {
    return { kind: "declined", note: reason ?? `The user was asked for ${whatFor(grant)}, and declined.` };
  }
  if (decision === "acceptForSession") offers.keep(grant);
  const note = `The sandbox stopped this. The user allowed ${whatFor(grant)}, and the command runs again:`;
  return { kind: "granted", grant, note, sandbox };
}

const whatFor = (grant: MissingGrant): string =>
  grant.kind === "host" ? `access to the host ${grant.host}` : `writing to ${grant.write.join(", ")}`;

/** The question names what was blocked, and what exactly would be granted. Shape: the original's requests. */
function grantRequest(
  grant: MissingGrant,
  script: string,
  { item, shown }: CommandRun,
  { threadId, turnId, callId: itemId }: ToolContext,
): ServerRequestParams["item/commandExecution/requestApproval"] {
  return {
    kind: "command",
    threadId,
    turnId,
    itemId,
    approvalId: newId(),
    startedAtMs: item.startedAtMs,
    environmentId: "local",
    reason: reasonOf(grant),
    command: shown.command,
    cwd: shown.cwd,
    commandActions: shown.actions,
    ...permissionsOf(grant, script),
    availableDecisions: ["accept", "acceptForSession", "decline", "cancel"],
  };
}

function reasonOf(grant: MissingGrant): string {
  if (grant.kind === "host") {
    return `The sandbox has no network, so the command could not reach ${grant.host}. Run it again with access to that host alone?`;
  }
  const { blocked, write } = grant;
  const hooks = write.some((path) => /(^|\/)\.git(\/|$)/.test(path))
    ? " What is in .git may be run later, outside the sandbox."
    : "";
  return `The sandbox blocked writing to ${blocked.join(", ")}. Run the command again with write access to ${write.join(", ")}?${hooks}`;
}

function permissionsOf(grant: MissingGrant, script: string) {
  if (grant.kind === "host") {
    const plain = !script.includes("https://") && script.includes("http://");
    const { host } = grant;
    const to = plain ? ({ protocol: "http", port: 80 } as const) : ({ protocol: "https", port: 443 } as const);
    return { networkApprovalContext: { host, ...to } };
  }
  const write = [...grant.write];
  const entries = write.map((path) => ({ path: { type: "path" as const, path }, access: "write" as const }));
  return { additionalPermissions: { network: null, fileSystem: { read: null, write, entries } } };
}
