import { expect, test } from "bun:test";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { networkRules } from "./network-rules.ts";

type Config = Parameters<typeof networkRules>[0];

const reading: SandboxPolicy = { type: "readOnly", networkAccess: false };
const writing: SandboxPolicy = {
  type: "workspaceWrite",
  writableRoots: [],
  networkAccess: true,
  excludeTmpdirEnvVar: false,
  excludeSlashTmp: false,
};

/** The rules as `+host` and `-host`, and how they hold; undefined where there are none. */
function rulesOf(config: Partial<Config>, policy = reading): string | undefined {
  const profile = config.default_permissions === undefined ? undefined : {};
  const rules = networkRules({ features: {}, ...config } as Config, { policy, profile });
  if (!rules.ok) return rules.error.message;
  if (!rules.value) return undefined;
  const { domains, mode, allowPrivate, allowUnixSockets } = rules.value;
  const list = domains.map(({ pattern, decision }) => `${decision === "allow" ? "+" : "-"}${pattern}`);
  return [...list, mode, ...(allowPrivate ? ["private"] : []), ...(allowUnixSockets ? ["unix"] : [])].join(" ");
}

const profile = (network: object, name = "p"): Partial<Config> => ({
  default_permissions: name,
  permissions: { [name]: { network } },
});

test.each<[string, Partial<Config>, SandboxPolicy, string | undefined]>([
  ["nothing is said", {}, writing, undefined],
  [
    "workspace-write names hosts",
    { sandbox_workspace_write: { network_domains: { "a.test": "allow" } } },
    writing,
    "+a.test full",
  ],
  ["it names none", { sandbox_workspace_write: { network_domains: {} } }, writing, "full"],
  [
    "they are of another sandbox",
    { sandbox_workspace_write: { network_domains: { "a.test": "allow" } } },
    reading,
    undefined,
  ],
  ["nothing is confined", profile({ domains: { "a.test": "deny" } }), { type: "dangerFullAccess" }, undefined],
  ["a profile names hosts", profile({ enabled: true, domains: { "a.test": "deny" } }), reading, "-a.test full"],
  ["a profile is open", profile({ enabled: true }), reading, undefined],
  [
    "it is open and the feature on",
    { ...profile({ enabled: true }), features: { network_proxy: true } },
    reading,
    "full",
  ],
  ["it is closed", profile({ enabled: false, domains: { "a.test": "allow" } }), reading, undefined],
  ["it reads only", profile({ mode: "limited", allow_local_binding: true }), reading, "limited private"],
  ["the feature names hosts", feature({ domains: { "a.test": "allow" }, mode: "limited" }), reading, "+a.test limited"],
  ["the feature says what nobody knows", feature({ domains: { "a.test": "perhaps" } }), reading, "-a.test full"],
  ["the feature is off", feature({ enabled: false, domains: { "a.test": "allow" } }), reading, undefined],
])("where %s", (_, config, policy, expected) => {
  expect(rulesOf(config, policy)).toBe(expected);
});

function feature(settings: Record<string, boolean | string | Record<string, string>>): Partial<Config> {
  return { features: { network_proxy: settings } };
}

test("places add up, and a profile brings those it extends", () => {
  const config: Partial<Config> = {
    default_permissions: "child",
    permissions: {
      child: { extends: "parent", network: { domains: { "c.test": "allow" } } },
      parent: {
        extends: "child",
        network: { domains: { "p.test": "deny" }, dangerously_allow_all_unix_sockets: true },
      },
    },
    sandbox_workspace_write: { network_domains: { "w.test": "allow" } },
    ...feature({ domains: { "f.test": "allow" } }),
  };
  expect(rulesOf(config, writing)).toBe("+c.test -p.test +f.test full unix");
});

test("a rule that cannot be read is an error that says where it stands", () => {
  expect(rulesOf(profile({ domains: { "a b": "deny" } }))).toContain(
    'permissions.p.network.domains: "a b" is not a host name',
  );
});

test("a profile that another choice has put aside gives nothing, and a closed one closes every other place", () => {
  const config = { ...profile({ enabled: true, domains: { "a.test": "allow" } }), features: {} } as Config;
  expect(networkRules(config, { policy: reading, profile: undefined })).toEqual({ ok: true, value: undefined });
  const closed = { ...profile({ enabled: false }), ...feature({ domains: { "a.test": "allow" } }) };
  expect(rulesOf(closed)).toBeUndefined();
});
