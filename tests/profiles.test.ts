// Permission profiles through `codex exec` of the built program, beside the original where it is installed.
import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "@codex/protocol/json";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { startServer } from "./support/in-process.ts";
import { findOriginal } from "./parity/find-original.ts";

/** Tries each, and says whether it could. `$R` is the project, `$H` the home folder. */
const places = {
  "read a.env": "cat $R/a.env",
  "read sub/b.env": "cat $R/sub/b.env",
  "read priv/key": "cat $R/priv/key",
  "read home keys": "cat $H/keys/k",
  "read vendor": "cat $R/vendor/v",
  "read home": "cat $H/plain",
  "write new": "touch $R/new",
  "write vendor": "touch $R/vendor/new",
  "write priv": "touch $R/priv/new",
  "write .git": "mkdir $R/.git",
  "write home": "touch $H/new",
  "write /tmp": 'f=$(mktemp /tmp/codex-profile-XXXXXX) && unlink "$f"',
  "read TMPDIR": "ls $TMPDIR",
  "write TMPDIR": "touch $TMPDIR/new",
} as const;

type Place = keyof typeof places;

const script = Object.entries(places)
  .map(([name, command]) => `( ${command} ) > /dev/null 2>&1 && echo "${name}: yes" || echo "${name}: no"`)
  .join("\n");

const base = `default_permissions = "mine"
[permissions.mine]
extends = ":workspace"
[permissions.mine.filesystem]
"~/keys" = "deny"
`;
const roots = '[permissions.mine.filesystem.":workspace_roots"]\n"**/*.env" = "deny"\nvendor = "read"\npriv = "deny"\n';

/** The profile, and what it lets through: the rest it does not. */
const profiles: [string, string, Place[]][] = [
  [
    "rules below the roots",
    base + roots,
    ["read vendor", "read home", "write new", "write /tmp", "read TMPDIR", "write TMPDIR"],
  ],
  [
    "a temporary folder that is only read",
    `${base}":tmpdir" = "read"\n${roots}`,
    ["read vendor", "read home", "write new", "write /tmp", "read TMPDIR"],
  ],
  [
    "temporary folders that are denied",
    `${base}":tmpdir" = "deny"\n":slash_tmp" = "deny"\n${roots}`,
    ["read vendor", "read home", "write new"],
  ],
  [
    "read-only",
    'default_permissions = ":read-only"\n',
    ["read a.env", "read sub/b.env", "read priv/key", "read home keys", "read vendor", "read home", "read TMPDIR"],
  ],
];

async function attempts(config: string, binary?: string) {
  await using ws = await workspace({ "a.env": "s", "vendor/v": "v", "sub/b.env": "s", "priv/key": "s" });
  mkdirSync(join(ws.home, "keys"));
  writeFileSync(join(ws.home, "keys", "k"), "s");
  writeFileSync(join(ws.home, "plain"), "p");
  const here = script.replaceAll("$R", ws.path).replaceAll("$H", ws.home);
  await using server = await model.plays([model.exec(here), model.says("Done.")]);
  await codex.exec({ server, ws, config, args: ["go"], ...(binary && { binary }) });
  const output = server.requests[1]?.lastOutput() ?? "";
  return {
    output,
    could: Object.keys(places).filter((name) => output.includes(`${name}: yes`)),
    first: server.requests[0],
  };
}

describe.skipIf(process.platform !== "linux")("a permission profile in codex exec", () => {
  const original = findOriginal();

  test.each(profiles)("%s", async (_, config, expected) => {
    const [ours, theirs] = await Promise.all([attempts(config), original ? attempts(config, original) : undefined]);
    expect({ could: ours.could, tried: ours.output.split(": no").length + ours.could.length - 1 }).toEqual({
      could: expected,
      tried: Object.keys(places).length,
    });
    if (theirs) expect(theirs.could).toEqual(expected);
  });

  test("whom the user lets out of the sandbox does not read what is denied; a rule lets nobody out", async () => {
    await using ws = await workspace({ "a.env": "secret\n" });
    const script = "cat a.env; touch ../out && echo wrote";
    const escalated = { sandbox_permissions: "require_escalated", justification: "May I?" };
    await using server = await model.plays([
      model.exec(script, escalated),
      model.exec("mkdir ../ruled"),
      model.says("."),
    ]);
    await Bun.write(join(ws.codexHome, "rules", "default.rules"), 'prefix_rule(["mkdir"])\n');
    const config = `sandbox_mode = "read-only"\n${base}${roots}`;
    await using app = await startServer({ server, ws, config });
    const client = await app.connect();
    client.answers(() => ({ decision: "accept" }));
    const { thread } = await client.ask("thread/start", { approvalPolicy: "on-request" });
    await client.turn(thread.id, "go");
    const [first = "", second = ""] = server.requests.slice(1).map((request) => request.lastOutput());
    expect(first).toContain("a.env: Permission denied");
    expect(first).toContain("wrote\n");
    expect(second).toContain("Read-only file system");
    expect(client.questions).toHaveLength(1);
  });

  test("patches and images obey it, the commands know its name, and the model is told what it denies", async () => {
    await using ws = await workspace({ "priv/dot.png": "x", "vendor/v": "v\n" });
    const patch = (file: string) => model.patch(`*** Begin Patch\n*** Add File: ${file}\n+x\n*** End Patch`);
    await using server = await model.plays([
      patch("vendor/new"),
      patch("priv/new"),
      model.call("view_image", { path: "priv/dot.png" }),
      model.exec("echo name $CODEX_PERMISSION_PROFILE"),
      patch("new"),
      model.says("Done."),
    ]);
    await codex.exec({ server, ws, config: base + roots, args: ["go"] });
    const told = server.requests.slice(1).map((request) => request.lastOutput());
    expect(told[0]).toContain("rejected");
    expect(told[1]).toContain("rejected");
    expect(told[2]).toContain("permission");
    expect(told[3]).toContain("name mine\n");
    expect([await ws.exists("vendor/new"), await ws.exists("priv/new"), await ws.exists("new")]).toEqual([
      false,
      false,
      true,
    ]);
    const body = JSON.stringify(isObject(server.requests[0]?.body) && server.requests[0].body["input"]);
    expect(body).toContain(`<entry access=\\"deny\\" escalatable=\\"false\\"><path>${ws.path}/priv</path></entry>`);
    expect(body).toContain(`- glob \`${ws.path}/**/*.env\``);
  });
});
