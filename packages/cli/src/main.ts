/**
 * The program's first file: answers what needs nothing, and loads only what the chosen command needs. Nothing heavy may be
 * imported statically here.
 */
import { version } from "@codex/protocol/version";

const [first, ...rest] = process.argv.slice(2);

if (first === "--codex-inner-sandbox") {
  const { runInner } = await import("@codex/sandbox/run-inner");
  runInner();
} else if (first === "--codex-file-helper") {
  const { serveFiles } = await import("@codex/exec-server/files/serve-files");
  await serveFiles();
} else if (rest.length === 0 && (first === "--version" || first === "-V")) {
  // console.log writes without the streams behind process.stdout, which cost more than all the rest of this answer.
  console.log(`codex-cli ${version}`);
} else if (first === "sandbox") {
  const { quickSandbox } = await import("./quick-sandbox.ts");
  process.exit(await quickSandbox(rest));
} else if (first === "responses-api-proxy") {
  const { proxyCommand } = await import("./proxy-command.ts");
  process.exit(await proxyCommand(rest));
} else {
  const { runCli } = await import("./run-cli.ts");
  process.exit(await runCli(process.argv.slice(2)));
}
