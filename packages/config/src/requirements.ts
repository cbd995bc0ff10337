import { readText } from "@codex/platform/read-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { configError } from "./config-problem.ts";
import type { ConfigTable } from "./config-value.ts";
import { managedNetwork, managedNetworkKey, type ManagedNetwork } from "./managed-network.ts";
import { readManagedRules, type ManagedRule } from "./managed-rules.ts";
import { parseToml } from "./parse-toml.ts";
import { anything, flag, listOf, mapOf, oneOf, openTable, path, table, text, type ValueOf } from "./schema/key.ts";
import { permissionProfile } from "./schema/safety.ts";
import { validate } from "./validate.ts";

const identity = table({ command: text, url: text });

/** What an administrator may demand. Keys of the original that nothing here reads yet parse and are kept. */
const requirementsSchema = openTable(
  {
    allowed_approval_policies: listOf(text),
    allowed_approvals_reviewers: listOf(text),
    allowed_permission_profiles: mapOf(flag),
    allowed_sandbox_modes: listOf(text),
    allowed_web_search_modes: listOf(text),
    allowed_login_methods: listOf(oneOf("chatgpt", "api")),
    features: mapOf(flag),
    mcp_servers: mapOf(table({ identity })),
    model_provider: text,
    model_providers: mapOf(anything),
    chatgpt_base_url: text,
    enforce_residency: oneOf("us"),
    cli_auth_credentials_store: oneOf("file", "keyring", "auto", "ephemeral"),
    default_permissions: text,
    additional_developer_instructions: text,
    allow_login_shell: flag,
    check_for_update_on_startup: flag,
    sqlite_home: path,
    log_dir: path,
    model_catalog_json: path,
    network_proxy: managedNetworkKey,
    experimental_network: managedNetworkKey,
    /** What nobody's commands may read, the administrator's network section, and their permission profiles. */
    permissions: openTable(
      { filesystem: openTable({ deny_read: listOf(text) }, anything), network: managedNetworkKey },
      permissionProfile,
    ),
    rules: anything,
  },
  anything,
);

export type Requirements = Omit<ValueOf<typeof requirementsSchema>, "rules"> & {
  readonly rules?: readonly ManagedRule[];
  readonly network?: ManagedNetwork;
  /** `[permissions.*]` but for the two reserved names. */
  readonly profiles?: ConfigTable;
};

/** Reads an administrator's file. A bad one is fatal: running on without its rules would be the worse failure. */
export function readRequirements(file: string): Result<Requirements> {
  const read = readText(file);
  if (!read.ok) return err(malformed(file, read.error.reason));
  if (read.value === undefined) return ok({});
  const parsed = parseToml(read.value);
  if (!parsed.ok) return err(malformed(file, `${parsed.error.line}:${parsed.error.column}: ${parsed.error.message}`));
  const issue = validate(parsed.value, requirementsSchema)[0];
  if (issue !== undefined) return err(malformed(file, `${issue.message} in \`${issue.path.join(".")}\``));
  // Validated just above: the table has the schema's shape.
  const { rules: written, ...table } = parsed.value as ValueOf<typeof requirementsSchema>;
  const rules = readManagedRules(written);
  if (!rules.ok) return err(configError(`invalid rules in requirements (set by ${file}): ${rules.error}`));
  const sections = [table.network_proxy, table.permissions?.network, table.experimental_network].filter(
    (section) => section !== undefined,
  );
  if (sections.length > 1) {
    return err(malformed(file, "specify managed network requirements through exactly one surface"));
  }
  const network = managedNetwork(sections[0]);
  const { filesystem: _filesystem, network: _network, ...profiles } = (table.permissions ?? {}) as ConfigTable;
  return ok({
    ...table,
    ...(rules.value.length > 0 && { rules: rules.value }),
    ...(network && { network }),
    ...(Object.keys(profiles).length > 0 && { profiles }),
  });
}

const malformed = (file: string, why: string) => configError(`failed to parse requirements layer ${file}: ${why}`);
