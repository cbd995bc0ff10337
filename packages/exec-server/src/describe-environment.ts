import { homeFolder, type Environment } from "@codex/platform/env";
import { hostName } from "@codex/platform/host-name";
import { version } from "@codex/protocol/version";
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { capabilities, type EnvironmentInfo } from "./environment-info.ts";
import { uriOf } from "./file-uri.ts";

type Place = {
  readonly env: Environment;
  /** Absolute. */
  readonly cwd: string;
  readonly shell: string;
  readonly toolFolder: string | undefined;
};

/** What clients are told of this machine; made once, for it does not change. */
export function describeEnvironment({ env, cwd, shell, toolFolder }: Place): EnvironmentInfo {
  const tmpdir = env["TMPDIR"] === "" ? undefined : env["TMPDIR"];
  return {
    shell: { name: basename(shell), path: shell },
    executorVersion: version,
    providerId: `sha256:${createHash("sha256").update(`codex-exec-server\0${hostName()}`).digest("hex")}`,
    cwd: uriOf(cwd),
    userHomeDir: uriOf(homeFolder(env)),
    platformOs: platforms[process.platform] ?? process.platform,
    prependPathDirs: toolFolder === undefined ? [] : [uriOf(toolFolder)],
    temporaryDirectories: tmpdir === undefined ? [] : [uriOf(tmpdir)],
    tempDir: uriOf(tmpdir ?? "/tmp"),
    capabilities,
  };
}

const platforms: Readonly<Record<string, string>> = { darwin: "macos", win32: "windows" };
