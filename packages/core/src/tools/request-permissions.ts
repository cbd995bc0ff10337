import { Type as T, type Static } from "@sinclair/typebox";
import type { Clock } from "@codex/platform/clock";
import type { ServerRequestResults } from "@codex/protocol/approvals";
import type { AskForApproval } from "@codex/protocol/thread";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { defineTool, type FunctionTool } from "./define-tool.ts";
import type { Grant } from "./permission-grants.ts";
import description from "./request-permissions.md" with { type: "text" };

const paths = (description: string) => T.Optional(T.Array(T.String(), { description }));

const parameters = T.Object(
  {
    permissions: T.Object(
      {
        network: T.Optional(
          T.Object(
            { enabled: T.Optional(T.Boolean({ description: "True asks for access to the network." })) },
            { additionalProperties: false },
          ),
        ),
        file_system: T.Optional(
          T.Object(
            { read: paths("Paths to read."), write: paths("Paths to write, with all below them.") },
            { additionalProperties: false },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    reason: T.Optional(T.String({ description: "What it is needed for, in a sentence to the user." })),
  },
  { additionalProperties: false },
);

type Asked = Static<typeof parameters>["permissions"];
type Answer = ServerRequestResults["item/permissions/requestApproval"];

/** `keep` puts what was granted into force, for the turn or for the session. */
export const makeRequestPermissions = (deps: {
  readonly clock: Clock;
  keep(grant: Grant, scope: "turn" | "session"): void;
}): FunctionTool =>
  defineTool({
    name: "request_permissions",
    description: description.trim(),
    parameters,
    async run({ permissions, reason }, context) {
      const wanted = wantedOf(permissions, context.cwd);
      if (!mayAsk(context.approvalPolicy)) return { ok: false, forModel: report(nothing, "turn") };
      const { threadId, turnId, callId, cwd } = context;
      const answer = await context.ask("item/permissions/requestApproval", {
        threadId,
        turnId,
        itemId: callId,
        environmentId: "local",
        startedAtMs: deps.clock.now(),
        cwd,
        reason: reason ?? null,
        permissions: shown(wanted),
      });
      const granted = grantedOf(wanted, answer);
      const scope = answer.scope ?? "turn";
      deps.keep(granted, scope);
      return { ok: true, forModel: report(granted, scope) };
    },
  });

const nothing: Grant = { network: false, read: [], write: [] };

const mayAsk = (policy: AskForApproval): boolean =>
  typeof policy === "object" ? policy.granular.request_permissions : policy !== "never";

function wantedOf({ network, file_system }: Asked, cwd: string): Grant {
  const absolute = (list: readonly string[] = []) => list.map((path) => resolve(cwd, path));
  return {
    network: network?.enabled === true,
    read: absolute(file_system?.read),
    write: absolute(file_system?.write),
  };
}

/** As faces are asked: the paths once as lists, and once as entries. */
function shown({ network, read, write }: Grant) {
  const entry = (access: "read" | "write") => (path: string) => ({ path: { type: "path" as const, path }, access });
  const none = read.length + write.length === 0;
  return {
    network: network ? { enabled: true } : null,
    fileSystem: none
      ? null
      : { read: [...read], write: [...write], entries: [...read.map(entry("read")), ...write.map(entry("write"))] },
  };
}

/** What was asked for and is in the answer; what the answer has beside that is not granted. */
function grantedOf(wanted: Grant, { permissions }: Answer): Grant {
  const { network, fileSystem } = permissions;
  const entries = (access: "read" | "write") =>
    (fileSystem?.entries ?? []).flatMap(({ path, access: given }) =>
      path.type === "path" && given === access ? [path.path] : [],
    );
  const within = (asked: readonly string[]) => (path: string) =>
    isAbsolute(path) && asked.some((root) => !`${relative(root, path)}${sep}`.startsWith(`..${sep}`));
  const write = [...new Set([...(fileSystem?.write ?? []), ...entries("write")])].filter(within(wanted.write));
  const read = [...new Set([...(fileSystem?.read ?? []), ...entries("read")])];
  return {
    network: wanted.network && network?.enabled === true,
    read: read.filter(within([...wanted.read, ...wanted.write])),
    write,
  };
}

const report = ({ network, read, write }: Grant, scope: "turn" | "session"): string =>
  JSON.stringify({
    permissions: {
      network: network ? { enabled: true } : null,
      file_system: read.length + write.length === 0 ? null : { read, write },
    },
    scope,
  });
