import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** The release that this one is compared with; scripts/original.sh installs the same. */
const version = "0.169.0";

/** The original's native program where scripts/original.sh has put it. Undefined where it is not installed. */
export function findOriginal(): string | undefined {
  const platform = platforms[`${process.platform} ${process.arch}`];
  if (platform === undefined) return undefined;
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const folder = join(cache, "codex-original", version, "node_modules", "@openai", `codex-${platform.package}`);
  const program = join(folder, "vendor", platform.target, "bin", "codex");
  return existsSync(program) ? program : undefined;
}

const platforms: Record<string, { package: string; target: string }> = {
  "linux x64": { package: "linux-x64", target: "x86_64-unknown-linux-musl" },
  "linux arm64": { package: "linux-arm64", target: "aarch64-unknown-linux-musl" },
};
