import { canonicalPath } from "@codex/platform/canonical-path";
import { realPath } from "@codex/platform/read-file";
import type { AskForApproval } from "@codex/protocol/thread";
import { accessAt, sessionRules } from "@codex/sandbox/permissions/file-rules";
import { refusedOverride } from "@codex/sandbox/permissions/demands";
import { protectionOf } from "@codex/sandbox/plan";
import { dirname, sep } from "node:path";
import { isWithin, type MissingGrant } from "../exec-session/missing-grant.ts";
import type { Offers } from "../exec-session/offers.ts";
import { mayWrite, writeScope } from "../patch/write-scope.ts";
import type { OpenTurn } from "../thread/open-turn.ts";
import type { ThreadSettings } from "../thread/thread-settings.ts";
import { withGrant } from "./permission-grants.ts";

type Surroundings = {
  /** Rules say which hosts are reached: the gate asks about the others by itself. */
  readonly hasRules: boolean;
  /** TMPDIR's value. */
  readonly temporaryFolder: string | undefined;
  /** Folders of which nothing is ever granted. */
  readonly closed: readonly string[];
  /** The user's home folder. */
  readonly home: string;
  keep(grant: MissingGrant): void;
};

/**
 * What a turn offers to commands that its sandbox stops; undefined where that is not switched on, nobody may be asked, or there is
 * no sandbox. Nothing is offered that a profile or an administrator denies, nor the user's own protected names: `.git` alone of
 * them, since that is what git writes.
 */
export function offersOf(turn: OpenTurn, around: Surroundings): Offers | undefined {
  const { config, policy, approval } = turn.settings;
  const confined = policy.type === "readOnly" || policy.type === "workspaceWrite";
  if (config.sandbox?.offer_grants !== true || !confined || !mayAsk(approval)) return undefined;
  const protection = protectionOf(config.sandbox);
  const closedNames = new Set(protection.names.filter((name) => name !== ".git"));
  return {
    grantable(granted) {
      const settings = settingsWith(turn.settings, granted);
      const rules = sessionRules(settings, settings.workspaceRoots);
      const { temporaryFolder } = around;
      const scope = writeScope(settings.policy, settings.workspaceRoots, temporaryFolder, protection, rules, realPath);
      return {
        mayWrite: (place) => mayWrite(scope, place),
        isClosed: (place) =>
          place.split(sep).some((name) => closedNames.has(name)) ||
          [...around.closed, ...kernelFolders].some((folder) => isWithin(canonical(folder), place)) ||
          (rules !== undefined && accessAt(rules, place, canonical) === "deny"),
        tooMuch: [around.home, ...around.closed, ...settings.workspaceRoots.map((root) => dirname(root))].map(
          canonical,
        ),
        hosts: !around.hasRules && !hostsKnown(granted) && hasPlainNetwork(turn.settings),
      };
    },
    widened(granted) {
      const settings = settingsWith(turn.settings, granted);
      if (refusedOverride({ sandboxPolicy: settings.policy }, settings.demands) !== undefined) return undefined;
      return { sandboxPolicy: settings.policy, fileRules: sessionRules(settings, settings.workspaceRoots) };
    },
    keep: around.keep,
  };
}

const kernelFolders = ["/dev", "/proc", "/sys"];

const mayAsk = (policy: AskForApproval): boolean =>
  typeof policy === "object" ? policy.granular.sandbox_approval : policy !== "never";

const settingsWith = (settings: ThreadSettings, granted: readonly MissingGrant[]): ThreadSettings => {
  const write = granted.flatMap((grant) => (grant.kind === "paths" ? grant.write : []));
  return write.length === 0 ? settings : withGrant(settings, { network: false, read: [], write });
};

const hostsKnown = (granted: readonly MissingGrant[]): boolean => granted.some(({ kind }) => kind === "host");

/** A profile of the user's own that has no network was written to have none. */
const hasPlainNetwork = ({ policy, profile }: ThreadSettings): boolean =>
  (policy.type === "readOnly" || policy.type === "workspaceWrite") &&
  !policy.networkAccess &&
  (profile === undefined || profile.name.startsWith(":") || profile.name === "");

function canonical(path: string): string {
  const found = canonicalPath(path);
  return found.ok ? found.value : path;
}
