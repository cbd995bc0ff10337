import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfig, type LoadInput, type LoadedConfig } from "./load-config.ts";
import { origins } from "./merge-layers.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "codex-config-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;

/** A machine of its own: `home/`, `etc/`, `work/` with the given files. */
function machine(files: Record<string, string> = {}) {
  const base = join(root, String(count++));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  for (const folder of ["home", "etc", "work/.git/refs"]) mkdirSync(join(base, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) write(path, text.replaceAll("$BASE", base));
  const load = (input: Partial<LoadInput> = {}) =>
    loadConfig({
      codexHome: join(base, "home"),
      cwd: join(base, "work"),
      env: {},
      systemDir: join(base, "etc"),
      ...input,
    });
  return {
    base,
    write,
    load,
    read: (path: string) => readFileSync(join(base, path), "utf8"),
    async loaded(input: Partial<LoadInput> = {}): Promise<LoadedConfig> {
      const result = await load(input);
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    },
    async refused(input: Partial<LoadInput> = {}): Promise<string> {
      const result = await load(input);
      return result.ok ? "loaded" : result.error.message.replaceAll(base, "");
    },
  };
}

const trusted = '[projects."$BASE/work"]\ntrust_level = "trusted"\n';

describe("layers", () => {
  test("none at all: the defaults", async () => {
    const { config, warnings, trusted, projectRoot } = await machine().loaded();
    expect(config.project_doc_max_bytes).toBe(32_768);
    expect(config.history).toEqual({ persistence: "save-all" });
    expect(warnings).toEqual([]);
    expect([trusted, projectRoot.endsWith("/work")]).toEqual([false, true]);
  });

  test("each wins over the one below, and tables merge across all", async () => {
    const m = machine({
      "etc/config.toml": 'model = "system"\n[mcp_servers.a.env]\nA = "system"\n',
      "home/config.toml": `model = "user"\n[mcp_servers.a]\ncommand = "x"\n${trusted}`,
      "home/work.config.toml": 'model = "profile"\nmodel_verbosity = "low"\n',
      "work/.codex/config.toml": 'model = "project"\nreview_model = "project"\n',
      "work/sub/.codex/config.toml": 'model = "nearest"\nmodel_instructions_file = "rel.md"\n',
    });
    const seen = async (input: Partial<LoadInput>) => (await m.loaded(input)).config.model;
    const sub = join(m.base, "work/sub");
    expect(await seen({})).toBe("project");
    expect(await seen({ cwd: sub })).toBe("nearest");
    expect(await seen({ cwd: sub, overrides: ["model=flag"] })).toBe("flag");
    const all = await m.loaded({ cwd: sub, profile: "work" });
    expect(all.config.mcp_servers).toEqual({ a: { command: "x", env: { A: "system" } } });
    expect(all.config.model_instructions_file).toBe(join(sub, ".codex/rel.md"));
    const from = origins(all.layers);
    expect(from.get("review_model")?.source).toEqual({ type: "project", dotCodexFolder: join(m.base, "work/.codex") });
    expect(from.get("model_verbosity")?.source).toEqual({
      type: "user",
      file: join(m.base, "home/work.config.toml"),
      profile: "work",
    });
    m.write("etc/managed_config.toml", 'model = "managed"\n');
    const managed = await m.loaded({ cwd: sub, overrides: ["model=flag"] });
    expect(managed.config.model).toBe("managed");
    expect(managed.warnings.map((warning) => warning.message)).toEqual([
      `\`model\` of the command line is overridden by ${join(m.base, "etc/managed_config.toml")}.`,
    ]);
  });

  test("--ignore-user-config leaves the settings out and keeps what was said of trust", async () => {
    const m = machine({
      "home/config.toml": `model = "user"\n${trusted}`,
      "work/.codex/config.toml": 'review_model = "p"\n',
    });
    const { config } = await m.loaded({ ignoreUserConfig: true });
    expect([config.model, config.review_model]).toEqual([undefined, "p"]);
  });

  test("a profile without its file, or with a path for a name", async () => {
    const m = machine();
    expect(await m.refused({ profile: "work" })).toStartWith(
      "There is no profile `work`: /home/work.config.toml does not exist.",
    );
    expect(await m.refused({ profile: "../x" })).toBe(
      "invalid --profile value `../x`; pass a plain name such as `work`",
    );
  });

  test("profiles of earlier versions", async () => {
    const selector = machine({ "home/config.toml": 'profile = "x"\n' });
    expect(await selector.refused()).toStartWith(
      'legacy `profile = "x"` config is no longer supported; use `--profile x` with `x.config.toml` instead',
    );
    const table = machine({ "home/config.toml": '[profiles.x]\nmodel = "a"\n', "home/x.config.toml": "" });
    expect(await table.refused({ profile: "x" })).toStartWith(
      "--profile `x` cannot be used while /home/config.toml contains legacy",
    );
    expect((await table.loaded()).warnings).toEqual([]);
  });
});

describe("errors show the place", () => {
  const refused = (text: string, input: Partial<LoadInput> = {}) =>
    machine({ "home/config.toml": text }).refused(input);

  test("a wrong type, strict or not", async () => {
    const message =
      "Error loading config.toml:\n/home/config.toml:2:9: invalid type: integer `5`, expected a string\n  |\n2 | theme = 5\n  |         ^\nin `tui.theme`";
    expect(await refused("[tui]\ntheme = 5\n")).toBe(message);
    expect(await refused("[tui]\ntheme = 5\n", { strict: true })).toBe(message);
  });
  test("a value that is none of the known", async () => {
    expect(await refused('a.b = 1\nsandbox_mode = "bad" # x\n')).toBe(
      "Error loading config.toml:\n/home/config.toml:2:16: unknown variant `bad`, expected one of `read-only`, `workspace-write`, `danger-full-access`\n" +
        '  |\n2 | sandbox_mode = "bad" # x\n  |                ^^^^^\nin `sandbox_mode`',
    );
  });
  test("an element of a list", async () => {
    expect(await refused('notify = [\n  "a",\n  7,\n]\n')).toContain(
      "/home/config.toml:3:3: invalid type: integer `7`, expected a string\n",
    );
  });
  test("bad syntax", async () => {
    expect(await refused("a = \n")).toMatch(
      /^Error loading config\.toml:\n\/home\/config\.toml:1:\d: .+\n  \|\n1 \| a = \n  \| +\^$/,
    );
  });
  test("a number out of range, a number that is none", async () => {
    expect(await refused("project_doc_max_bytes = -1\n")).toContain("invalid value: integer `-1`, expected usize\n");
    expect(await refused("tool_output_token_limit = 1.5\n")).toContain(
      "invalid type: floating point `1.5`, expected usize\n",
    );
  });
  test("on the command line there is no place", async () => {
    expect(await refused("", { overrides: ["model=5"] })).toBe(
      "Error loading config.toml: invalid type: integer `5`, expected a string\nin `model`",
    );
    expect(await refused("", { overrides: ["nope=5"], strict: true })).toBe(
      "Error loading config.toml: unknown configuration field `nope` in -c/--config override",
    );
    expect(await refused("", { overrides: ["foo"] })).toBe(
      "Error parsing -c overrides: Invalid override (missing '='): foo",
    );
    expect(await refused("", { enable: ["nope"] })).toBe("Unknown feature flag: nope");
  });
  test("an unknown field: a warning with the nearest name, an error when strict", async () => {
    const text = 'model = "a"\nmodle = "b"\n[features]\nhoks = true\n[hooks]\nPreTolUse = []\n';
    expect(await refused(text, { strict: true })).toBe(
      'Error loading config.toml:\n/home/config.toml:2:1: unknown configuration field `modle`\n  |\n2 | modle = "b"\n  | ^^^^^',
    );
    const m = machine({ "home/config.toml": text });
    expect(
      (await m.loaded()).warnings.map(({ message, line, column }) => [message.replaceAll(m.base, ""), line, column]),
    ).toEqual([
      ["/home/config.toml:2:1: unknown configuration field `modle`; did you mean `model`?", 2, 1],
      ["/home/config.toml:4:1: unknown configuration field `features.hoks`; did you mean `hooks`?", 4, 1],
      ["/home/config.toml:6:1: unknown configuration field `hooks.PreTolUse`; did you mean `PreToolUse`?", 6, 1],
    ]);
  });
  test("providers", async () => {
    const provider = (text: string) => refused(`[model_providers.z]\n${text}\n`);
    expect(await refused('model_provider = "opena"\n')).toBe(
      "Model provider `opena` not found; did you mean `openai`?",
    );
    expect(await refused('[model_providers.openai]\nname = "x"\n')).toContain(
      "/home/config.toml:1:18: model_providers contains reserved built-in provider IDs: `openai`. Built-in providers cannot be overridden. Rename your custom provider (for example, `openai-custom`).",
    );
    expect(await provider('base_url = "x"')).toContain("model_providers.z: provider name must not be empty\n");
    expect(await provider('name = "z"\nwire_api = "chat"')).toContain(
      '3:12: `wire_api = "chat"` is no longer supported.\nHow to fix:',
    );
    expect(await provider('name = "z"\nwire_api = "grpc"')).toContain("unknown variant `grpc`, expected `responses`\n");
    expect(await provider('name = "z"\naws = { profile = "x" }')).toContain("provider aws is only supported for");
    expect(await provider('name = "z"\nenv_key = "K"\nauth = { command = "x" }')).toContain(
      "provider auth cannot be combined with env_key",
    );
  });
  test("MCP servers", async () => {
    expect(await refused("[mcp_servers.a]\nargs = []\n")).toContain("/home/config.toml:1:14: invalid transport\n");
    expect(await refused('[mcp_servers.a]\ncommand = "x"\nurl = "y"\n')).toContain(
      "3:1: url is not supported for stdio\n",
    );
  });
  test("a key that does nothing any more", async () => {
    const m = machine({ "home/config.toml": 'personality = "none"\n' });
    expect((await m.loaded()).warnings[0]?.message).toEndWith("/home/config.toml:1:1: `personality` has no effect");
  });
});

describe("projects", () => {
  const files = { "work/.codex/config.toml": 'model = "p"\nmodel_provider = "evil"\nnotify = ["x"]\n' };

  test("an untrusted file is not read, and the warning says so", async () => {
    const m = machine({ "work/.codex/config.toml": "this is no TOML" });
    const { layers, warnings, trusted } = await m.loaded();
    expect(trusted).toBe(false);
    expect(layers.find((layer) => layer.source.type === "project")).toMatchObject({
      table: {},
      disabledReason: expect.stringContaining("--trust"),
    });
    expect(warnings[0]?.message).toContain(`disabled in ${m.base}/work/.codex`);
  });
  test("rules that are left out are told as config is, and count once the project is trusted", async () => {
    const m = machine({ "work/.codex/rules/a.rules": "" });
    const { warnings, rules } = await m.loaded();
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining(`hooks and exec policies are disabled in ${m.base}/work/.codex: `),
    ]);
    expect(rules.fixed).toEqual([join(m.base, "etc/rules")]);
    m.write("home/config.toml", `[projects."${m.base}/work"]\ntrust_level = "trusted"\n`);
    const trusted = await m.loaded();
    expect(trusted.warnings).toEqual([]);
    expect(trusted.rules.fixed).toEqual([join(m.base, "etc/rules"), join(m.base, "work/.codex/rules")]);
  });
  test("--trust is remembered, but does not override a no", async () => {
    const m = machine({ ...files, "home/config.toml": "# mine\n" });
    expect((await m.loaded({ trustFlag: true })).config.model).toBe("p");
    expect(m.read("home/config.toml")).toBe(`# mine\n\n[projects."${m.base}/work"]\ntrust_level = "trusted"\n`);
    expect((await m.loaded()).trusted).toBe(true);
    m.write("home/config.toml", `[projects."${m.base}/work"]\ntrust_level = "untrusted"\n`);
    const { trusted, config, warnings } = await m.loaded({ trustFlag: true });
    expect([trusted, config.model, warnings[0]?.message.startsWith("--trust does not override")]).toEqual([
      false,
      undefined,
      true,
    ]);
  });
  test("a trusted one may not choose provider, credentials or programs", async () => {
    const m = machine({ ...files, "home/config.toml": trusted });
    const { config, warnings } = await m.loaded();
    expect([config.model, config.model_provider, config.notify]).toEqual(["p", undefined, undefined]);
    expect(warnings[0]?.message).toStartWith(
      `Ignored unsupported project-local config keys in ${m.base}/work/.codex/config.toml: model_provider, notify.`,
    );
  });
  test("a project cannot trust itself, nor through a link to its folder", async () => {
    const m = machine({ "work/.codex/config.toml": '[projects."$BASE/work"]\ntrust_level = "trusted"\n' });
    symlinkSync(join(m.base, "work"), join(m.base, "link"));
    expect((await m.loaded()).trusted).toBe(false);
    m.write("home/config.toml", `[projects."${m.base}/link"]\ntrust_level = "trusted"\n`);
    expect((await m.loaded({ cwd: join(m.base, "link") })).trusted).toBe(false);
  });
});

describe("linked worktrees", () => {
  const layout = {
    "home/config.toml": '[projects."$BASE/main"]\ntrust_level = "trusted"\n',
    "main/.git/HEAD": "ref: refs/heads/main\n",
    "main/.git/worktrees/w/commondir": "../..\n",
    "main/.git/worktrees/w/gitdir": "$BASE/tree/.git\n",
    "tree/.git": "gitdir: $BASE/main/.git/worktrees/w\n",
    // A stranger that points at the same entry, which does not point back.
    "stranger/.git": "gitdir: $BASE/main/.git/worktrees/w\n",
    // A stranger whose own git folder claims the trusted one as its common folder.
    "forger/.git": "gitdir: $BASE/forger/fake\n",
    "forger/fake/commondir": "$BASE/main/.git\n",
    "forger/fake/gitdir": "$BASE/forger/.git\n",
  };
  test("borrow the main checkout's trust only when both sides agree", async () => {
    const m = machine(layout);
    const trustedIn = async (folder: string) => (await m.loaded({ cwd: join(m.base, folder) })).trusted;
    expect(await trustedIn("main")).toBe(true);
    expect(await trustedIn("tree")).toBe(true);
    expect(await trustedIn("stranger")).toBe(false);
    expect(await trustedIn("forger")).toBe(false);
  });
});

describe("requirements", () => {
  test("a violating value falls back and says so", async () => {
    const m = machine({
      "etc/requirements.toml":
        'allowed_sandbox_modes = ["read-only"]\nallowed_approval_policies = ["on-request"]\nchatgpt_base_url = "https://corp/"\n' +
        '[features]\nhooks = false\n[mcp_servers.ok.identity]\ncommand = "good"\n',
      "home/config.toml":
        'sandbox_mode = "danger-full-access"\napproval_policy = "never"\n[mcp_servers.ok]\ncommand = "good"\n[mcp_servers.bad]\ncommand = "x"\n',
    });
    const { config, warnings, layers } = await m.loaded();
    expect(config).toMatchObject({
      sandbox_mode: "read-only",
      approval_policy: "on-request",
      chatgpt_base_url: "https://corp/",
      features: { hooks: false },
      mcp_servers: { ok: { command: "good" }, bad: { enabled: false } },
    });
    expect(config.mcp_servers?.ok?.enabled).toBe(undefined);
    expect(warnings.map((warning) => warning.message)).toContain(
      `\`sandbox_mode = "danger-full-access"\` is not allowed by ${m.base}/etc/requirements.toml; using "read-only".`,
    );
    expect(origins(layers).get("sandbox_mode")?.source.type).toBe("enterpriseManaged");
  });
  test("managed_config.toml's policies bind", async () => {
    const m = machine({ "etc/managed_config.toml": 'sandbox_mode = "workspace-write"\n' });
    expect((await m.loaded()).requirements.allowed_sandbox_modes).toEqual(["read-only", "workspace-write"]);
  });
  test("rules, network and profiles are read; a profile replaces the user's of its name", async () => {
    const m = machine({
      "etc/requirements.toml":
        'allowed_approvals_reviewers = ["user"]\ndefault_permissions = "corp"\n' +
        '[rules]\nprefix_rules = [{ pattern = [{ token = "git" }, { any_of = ["push", "fetch"] }], decision = "prompt-user", justification = "ask" }]\n' +
        '[experimental_network]\nallowed_domains = ["a.test", "b.test"]\ndenied_domains = ["b.test"]\nmanaged_allowed_domains_only = true\n' +
        '[permissions.filesystem]\ndeny_read = ["/srv/secret"]\n[permissions.corp.filesystem]\n":root" = "read"\n',
      "home/config.toml":
        'approvals_reviewer = "auto_review"\ndefault_permissions = "corp"\n[permissions.corp.filesystem]\n":root" = "read"\n"/srv" = "write"\n',
    });
    const { requirements, config, rules } = await m.loaded({ ignoreRules: true });
    const corp: unknown = config.permissions;
    expect(corp).toEqual({ corp: { filesystem: { ":root": "read" } } });
    expect(config.approvals_reviewer).toBe("user");
    expect(rules.managed).toEqual([
      { pattern: [["git"], ["push", "fetch"]], decision: "prompt-user", justification: "ask", anyCase: false },
    ]);
    expect(requirements.network).toMatchObject({ domains: { "a.test": "allow", "b.test": "deny" }, onlyThese: true });
    expect(requirements.permissions?.filesystem?.deny_read).toEqual(["/srv/secret"]);
  });
  test.each([
    [":read-only", ":read-only"],
    [":workspace", "corp"],
    ["toString", "corp"],
  ])("of the profiles that are listed any may be chosen: %s gives %s", async (mine, taken) => {
    const m = machine({
      "etc/requirements.toml":
        'default_permissions = "corp"\n[allowed_permission_profiles]\ncorp = true\n":read-only" = true\n":workspace" = false\n' +
        '[permissions.corp]\nextends = ":read-only"\n',
      "home/config.toml": `default_permissions = "${mine}"\n`,
    });
    expect((await m.loaded()).config.default_permissions).toBe(taken);
  });
  test("a sandbox mode without a sandbox is not allowed where something must not be read", async () => {
    const m = machine({
      "etc/requirements.toml": '[permissions.filesystem]\ndeny_read = ["/srv"]\n',
      "home/config.toml": 'sandbox_mode = "danger-full-access"\n',
    });
    expect((await m.loaded()).config.sandbox_mode).toBe("read-only");
  });
  test.each([
    ["prefix_rules = []", "rules prefix_rules cannot be empty"],
    [
      'prefix_rules = [{ pattern = [{ token = "x" }], decision = "allow" }]',
      "at index 0 has decision 'allow', which is not",
    ],
    ['prefix_rules = [{ pattern = [], decision = "forbidden" }]', "at index 0 has an empty pattern"],
    ['prefix_rules = [{ pattern = [{ token = "x" }] }]', "at index 0 is missing a decision"],
    ['prefix_rules = [{ pattern = [{}], decision = "prompt" }]', "token at index 0: set either token or any_of"],
    [
      'prefix_rules = [{ pattern = [{ token = "x", any_of = ["y"] }], decision = "prompt" }]',
      "set either token or any_of, not both",
    ],
    ['prefix_rules = [{ pattern = [{ any_of = [] }], decision = "prompt" }]', "any_of cannot be empty"],
    ['prefix_rules = [{ pattern = [{ token = "" }], decision = "prompt" }]', "token cannot be empty"],
    [
      'prefix_rules = [{ pattern = [{ token = "a" }], decision = "prompt", justification = " " }]',
      "has an empty justification",
    ],
  ])("rules that cannot be meant are fatal, in the original's words: %s", async (rules, message) => {
    const refused = await machine({ "etc/requirements.toml": `[rules]\n${rules}\n` }).refused();
    expect(refused).toStartWith("invalid rules in requirements (set by /etc/requirements.toml): ");
    expect(refused).toContain(message);
  });
  test("the network section has one name at a time", async () => {
    const toml = "[experimental_network]\nenabled = true\n[network_proxy]\nenabled = true\n";
    expect(await machine({ "etc/requirements.toml": toml }).refused()).toContain("through exactly one surface");
  });
  test("a malformed file is fatal", async () => {
    expect(await machine({ "etc/requirements.toml": "a = \n" }).refused()).toStartWith(
      "failed to parse requirements layer /etc/requirements.toml: 1:",
    );
    expect(await machine({ "etc/requirements.toml": "allowed_sandbox_modes = 1\n" }).refused()).toContain(
      "expected a sequence",
    );
  });
});

describe("trusted files, compared", () => {
  const compared = `[sandbox]\nrecheck_trust = true\n${trusted}`;
  const files = {
    "home/config.toml": compared,
    "work/AGENTS.md": "Be kind.",
    "work/.codex/config.toml": 'model = "project"\n',
    "work/.codex/rules/a.rules": "",
    "work/sub/AGENTS.md": "Be quick.",
    "work/node_modules/x/AGENTS.md": "Be odd.",
  };
  const stateOf = ({ config, trusted, rules, warnings }: LoadedConfig) => ({
    model: config.model,
    trusted,
    rules: rules.fixed.length,
    warnings: warnings.map(({ message }) => message.replaceAll(root, "")),
  });
  const asBefore = { model: "project", trusted: true, rules: 2, warnings: [] };

  test.each([
    ["AGENTS.md", "AGENTS.md"],
    [".codex/config.toml", ".codex/config.toml"],
    [".codex/rules/b.rules", ".codex/rules/b.rules"],
    [".agents/skills/a/SKILL.md", ".agents/skills/a/SKILL.md"],
    ["AGENTS.override.md", "AGENTS.override.md"],
  ])("once %s is another, the project counts as not trusted until --trust", async (path, told) => {
    const m = machine(files);
    expect(stateOf(await m.loaded())).toEqual(asBefore);
    expect(stateOf(await m.loaded())).toEqual(asBefore);
    m.write(`work/${path}`, 'model = "other"\n');
    const after = stateOf(await m.loaded());
    expect(after).toMatchObject({ model: undefined, trusted: false, rules: 1 });
    expect(after.warnings[0]).toEndWith(
      `/work counts as not trusted, since this has changed since you trusted it: ${told}. Look at it, and run with --trust to take it as it is.`,
    );
    expect(await m.loaded({ trustFlag: true })).toMatchObject({ trusted: true });
    expect(await m.loaded()).toMatchObject({ trusted: true, warnings: [] });
  });

  test("a file that is gone is a change; one that does not count here is none, and later counts as it was", async () => {
    const m = machine(files);
    await m.loaded();
    m.write("work/sub/AGENTS.md", "Be slow.");
    expect(stateOf(await m.loaded())).toEqual(asBefore);
    expect((await m.loaded({ cwd: join(m.base, "work/sub") })).trusted).toBe(false);
    expect((await m.loaded({ cwd: join(m.base, "work/node_modules/x") })).trusted).toBe(false);
    rmSync(join(m.base, "work/.codex/rules/a.rules"));
    expect((await m.loaded()).warnings[0]?.message).toContain("trusted it: .codex/rules/a.rules.");
  });

  test("without the setting nothing is kept", async () => {
    const m = machine({ ...files, "home/config.toml": trusted });
    await m.loaded();
    m.write("work/AGENTS.md", "Be other.");
    expect(stateOf(await m.loaded())).toEqual(asBefore);
    expect(() => m.read("home/trusted-files.json")).toThrow();
  });

  test("what is damaged in the list of hashes is nobody's trust", async () => {
    const m = machine({ ...files });
    await m.loaded();
    for (const text of [
      "{",
      "null",
      JSON.stringify({ [join(m.base, "work")]: { "AGENTS.md": 1 } }),
      `{"${m.base}/work": 0}`,
    ]) {
      m.write("home/trusted-files.json", text);
      expect((await m.loaded()).trusted).toBe(false);
    }
    await m.loaded({ trustFlag: true });
    expect((await m.loaded()).trusted).toBe(true);
  });
});
