import type { JsonConfig } from "./describe-config.ts";
import type { Requirements } from "./requirements.ts";

/** The keys that clients are told of, by their names in the protocol. Source: the schema that the original 0.169.0 prints. */
const told = [
  "modelProvider",
  "modelProviders",
  "allowedLoginMethods",
  "cliAuthCredentialsStore",
  "chatgptBaseUrl",
  "additionalDeveloperInstructions",
  "allowedApprovalPolicies",
  "allowedApprovalsReviewers",
  "allowedSandboxModes",
  "allowedWindowsSandboxImplementations",
  "allowedPermissionProfiles",
  "defaultPermissions",
  "allowedWebSearchModes",
  "allowManagedHooksOnly",
  "allowBrowserAndComputerUse",
  "allowAppshots",
  "allowRemoteControl",
  "computerUse",
  "browserUse",
  "inAppBrowser",
  "featureRequirements",
  "hooks",
  "enforceResidency",
  "network",
  "application",
  "autoReview",
  "models",
  "sqliteHome",
  "logDir",
  "modelCatalogJson",
  "checkForUpdateOnStartup",
  "allowLoginShell",
  "feedback",
  "otel",
] as const;

/** In the file they are called otherwise than by snake case. */
const fileNames: Readonly<Record<string, string>> = { featureRequirements: "features", application: "app" };

/** What an administrator demands, null where nothing is demanded. Every key is there, null without a demand. */
export function describeRequirements(requirements: Requirements): JsonConfig {
  // What TOML gave, which JSON can say.
  const table = { ...requirements, network: describeNetwork(requirements) } as Record<string, unknown> as Readonly<
    Record<string, JsonConfig | undefined>
  >;
  const entries = told.map((name): [string, JsonConfig] => [name, table[fileNames[name] ?? snake(name)] ?? null]);
  return entries.every(([, value]) => value === null) ? null : Object.fromEntries(entries);
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const describeNetwork = ({ network }: Requirements): JsonConfig =>
  network === undefined
    ? null
    : {
        enabled: true,
        httpPort: null,
        socksPort: null,
        allowUpstreamProxy: null,
        dangerouslyAllowNonLoopbackProxy: null,
        dangerouslyAllowAllUnixSockets: network.allowUnixSockets ?? null,
        domains: { ...network.domains },
        managedAllowedDomainsOnly: network.onlyThese,
        allowedDomains: Object.keys(network.domains).filter((host) => network.domains[host] === "allow"),
        deniedDomains: Object.keys(network.domains).filter((host) => network.domains[host] === "deny"),
        unixSockets: null,
        allowUnixSockets: null,
        allowLocalBinding: network.allowPrivate ?? null,
      };
