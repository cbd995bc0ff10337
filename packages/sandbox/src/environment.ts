/** `[shell_environment_policy]` of the settings. */
export type EnvironmentPolicy = {
  readonly inherit?: "all" | "core" | "none" | undefined;
  readonly ignore_default_excludes?: boolean | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly include_only?: readonly string[] | undefined;
  readonly set?: Readonly<Record<string, string>> | undefined;
};

/** What the environment of one command says about it. */
export type CommandFacts = {
  readonly threadId: string;
  /** The thread's own id where absent. */
  readonly sessionId?: string;
  readonly callId: string;
  /** It runs in a sandbox. */
  readonly confined: boolean;
  readonly networkAccess: boolean;
  readonly version: string;
  readonly codexHome: string;
  /** A folder with tools of ours, put first on PATH; not if the policy leaves no PATH. */
  readonly toolFolder: string | undefined;
  /** The name of the permission profile in force. */
  readonly profile?: string | undefined;
};

/**
 * A command's environment: the person's (`parent`), filtered and added to by their policy, then what Codex always sets.
 *
 * Names that look like secrets are withheld from commands that are cut off from the network, since such a command has no use
 * for them and prints them only into the conversation. `ignore_default_excludes` decides it for all commands where it is set.
 */
export function commandEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  policy: EnvironmentPolicy | undefined,
  facts: CommandFacts,
): Record<string, string> {
  const cutOff = facts.confined && !facts.networkAccess;
  const kept = chosenEnvironment(parent, policy, cutOff);
  return { ...kept, ...pathWith(facts.toolFolder, kept["PATH"]), ...fixedVariables(facts), ...markCutOff(cutOff) };
}

/** The environment of a command that a person runs in the sandbox themselves: only the policy acts on it. */
export function sandboxEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  policy: EnvironmentPolicy | undefined,
  cutOff: boolean,
): Record<string, string> {
  return { ...chosenEnvironment(parent, policy, cutOff), ...markCutOff(cutOff) };
}

/** What the policy leaves of the person's environment and adds to it. `cutOff`: the command is confined, without network. */
function chosenEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  policy: EnvironmentPolicy | undefined,
  cutOff: boolean,
): Record<string, string> {
  const { inherit = "all", exclude = [], include_only: only = [], set = {} } = policy ?? {};
  const withheld = (policy?.ignore_default_excludes ?? !cutOff) ? [] : secretNames;
  const isLeftOut = matcher([...withheld, ...exclude]);
  const isWanted = matcher(only.length === 0 ? ["*"] : only);
  const chosen = Object.entries(parent).filter(([name]) => isInherited(name, inherit) && !isLeftOut(name));
  const all = Object.entries({ ...Object.fromEntries(chosen), ...set });
  const kept: Record<string, string> = {};
  for (const [name, value] of all) {
    if (value !== undefined && isWanted(name)) kept[name] = value;
  }
  return kept;
}

/** Programs look for it to leave out what needs the network. */
const markCutOff = (cutOff: boolean): Record<string, string> => (cutOff ? { CODEX_SANDBOX_NETWORK_DISABLED: "1" } : {});

/** Globs, in any letter case. */
const secretNames = ["*KEY*", "*SECRET*", "*TOKEN*", "*PASSWORD*", "*CREDENTIAL*"];

const coreNames = new Set(
  "HOME LOGNAME PATH SHELL USER USERNAME TMPDIR TEMP TMP LANG LC_ALL LC_CTYPE TERM TZ".split(" "),
);

function isInherited(name: string, inherit: "all" | "core" | "none"): boolean {
  return inherit === "all" || (inherit === "core" && coreNames.has(name));
}

/** Whether a name fits one of the globs. Made once for all names: a command's environment is on its way to run. */
function matcher(globs: readonly string[]): (name: string) => boolean {
  const patterns = globs.map(globPattern);
  return (name) => patterns.some((pattern) => pattern.test(name));
}

/** `*` is any text, `?` one character, `[…]` one of a set. */
function globPattern(glob: string): RegExp {
  const pattern = glob.replace(/\*|\?|\[!?[^\]]+\]|[^\w]/g, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length > 1) return part.replace(/\\/g, "\\\\").replace(/^\[!/, "[^");
    return `\\${part}`;
  });
  return new RegExp(`^${pattern}$`, "is");
}

const pathWith = (folder: string | undefined, path: string | undefined): Record<string, string> =>
  folder === undefined || path === undefined ? {} : { PATH: `${folder}:${path}` };

/** Output is for a model: no colours, no pagers, no translations. */
function fixedVariables(facts: CommandFacts): Record<string, string> {
  const { threadId, sessionId = threadId, callId, version, codexHome } = facts;
  return {
    NO_COLOR: "1",
    TERM: "dumb",
    COLORTERM: "",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    LC_CTYPE: "C.UTF-8",
    PAGER: "cat",
    GIT_PAGER: "cat",
    GH_PAGER: "cat",
    CODEX_CI: "1",
    CODEX_THREAD_ID: threadId,
    CODEX_SESSION_ID: sessionId,
    CODEX_TOOL_CALL_ID: callId,
    CODEX_VERSION: version,
    CODEX_HOME: codexHome,
    CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS: "1",
    ...(facts.profile === undefined ? {} : { CODEX_PERMISSION_PROFILE: facts.profile }),
  };
}
