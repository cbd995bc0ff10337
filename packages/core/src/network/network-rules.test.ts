import { expect, test } from "bun:test";
import type { SandboxPolicy } from "@codex/protocol/thread";
import type { ManagedNetwork } from "@codex/config/managed-network";
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

const signs = { allow: "+", deny: "-", ask: "?" } as const;

/** The rules as `+host` and `-host`, and how they hold; undefined where there are none. */
function rulesOf(config: Partial<Config>, policy = reading, network?: ManagedNetwork): string | undefined {
  const profile = config.default_permissions === undefined ? undefined : {};
  const demands = { requirements: network ? { network } : {}, requirementsFile: "/etc/r.toml" };
  const rules = networkRules({ features: {}, ...config } as Config, { policy, profile, demands });
  if (!rules.ok) return rules.error.message;
  if (!rules.value) return undefined;
  const { domains, mode, allowPrivate, allowUnixSockets, closed } = rules.value;
  const list = domains.map(({ pattern, decision }) => `${signs[decision]}${pattern}`);
  return [
    ...list,
    mode,
    ...(closed ? ["closed"] : []),
    ...(allowPrivate ? ["private"] : []),
    ...(allowUnixSockets ? ["unix"] : []),
  ].join(" ");
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

test("what an administrator demands is added, counts in every sandbox, and is stronger", () => {
  const demand = (more: Partial<ManagedNetwork>): ManagedNetwork => ({
    domains: { "a.test": "allow", "b.test": "deny" },
    reviewed: [],
    onlyThese: false,
    allowPrivate: undefined,
    allowUnixSockets: undefined,
    ...more,
  });
  const users = profile({ enabled: true, domains: { "b.test": "allow", "u.test": "allow", "v.test": "deny" } });
  expect(rulesOf({}, reading, demand({}))).toBe("+a.test -b.test full");
  expect(rulesOf({}, writing, demand({}))).toBe("+a.test -b.test full");
  expect(rulesOf(users, reading, demand({}))).toBe("+b.test +u.test -v.test +a.test -b.test full");
  expect(rulesOf(users, reading, demand({ onlyThese: true }))).toBe("-v.test +a.test -b.test full closed");
  expect(rulesOf(profile({ enabled: false }), reading, demand({}))).toBeUndefined();
  const reviewed = demand({ reviewed: ["a.test", "b.test", "*.r.test"] });
  expect(rulesOf({}, reading, reviewed)).toBe("?a.test -b.test ?*.r.test full");
  const own = profile({ mode: "full", allow_local_binding: true, dangerously_allow_all_unix_sockets: true });
  expect(rulesOf(own, reading, demand({ allowPrivate: false, allowUnixSockets: false }))).not.toMatch(/private|unix/);
  expect(rulesOf({}, { type: "dangerFullAccess" }, demand({}))).toBeUndefined();
});

test("a rule that cannot be read is an error that says where it stands", () => {
  expect(rulesOf(profile({ domains: { "a b": "deny" } }))).toContain(
    'permissions.p.network.domains: "a b" is not a host name',
  );
});

test("a profile that another choice has put aside gives nothing, and a closed one closes every other place", () => {
  const config = { ...profile({ enabled: true, domains: { "a.test": "allow" } }), features: {} } as Config;
  const demands = { requirements: {}, requirementsFile: "" };
  expect(networkRules(config, { policy: reading, profile: undefined, demands })).toEqual({
    ok: true,
    value: undefined,
  });
  const closed = { ...profile({ enabled: false }), ...feature({ domains: { "a.test": "allow" } }) };
  expect(rulesOf(closed)).toBeUndefined();
});
