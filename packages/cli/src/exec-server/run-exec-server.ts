import { authorizer } from "@codex/app-server/transports/authorize";
import { stdioChannel } from "@codex/app-server/transports/stdio-channel";
import type { Executor } from "@codex/exec-server/executor";
import { serveMany, serveOne } from "@codex/exec-server/serve";
import { onBug } from "@codex/platform/on-bug";
import { onSignal } from "@codex/platform/on-signal";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { hostPort, parseListen } from "../app-server/listen-target.ts";
import { readAuthFlags } from "../app-server/read-auth-flags.ts";
import { refuse } from "../refuse.ts";
import { composeExecutor, type ExecServerFlags } from "./compose-executor.ts";

type Target =
  | { readonly type: "stdio" }
  | { readonly type: "websocket"; hostname: string; port: number; loopback: boolean };

/** `codex exec-server` from parsed argv to its exit code. */
export async function runExecServer(flags: ExecServerFlags): Promise<number> {
  const target = readTarget(flags.listen ?? "ws://127.0.0.1:0");
  if (!target.ok) return refuse(target.error);
  const auth = readAuthFlags(flags);
  if (!auth.ok) return refuse(auth.error);
  if (target.value.type === "stdio" && auth.value.type !== "none") {
    return refuse(fail("usage", "Error: WebSocket auth requires a WebSocket listener, not stdio"));
  }
  const executor = await composeExecutor(flags);
  if (!executor.ok) return refuse(executor.error);
  onBug((message) => stdio.err(`Something went wrong inside Codex: ${message}\n`));
  const concurrency = flags.concurrentRequests ?? usualConcurrency;
  if (target.value.type === "stdio") return onStdio(executor.value, concurrency);
  const { hostname, port, loopback } = target.value;
  const serving = serveMany(executor.value, { hostname, port }, authorizer(auth.value, Date.now), concurrency);
  if (!serving.ok) {
    return refuse(fail("usage", `Error: cannot listen at ws://${hostPort(hostname, port)}: ${serving.error}`));
  }
  const stopped = Promise.withResolvers<void>();
  onSignal(() => stopped.resolve());
  if (!loopback && auth.value.type === "none") stdio.err(openToAll);
  stdio.out(`ws://${hostPort(hostname, serving.value.port)}\n`);
  await stopped.promise;
  await serving.value.stop();
  return 0;
}

const usualConcurrency = 32;

const openToAll =
  "warning: everybody who reaches this address can run commands here; add `--ws-auth capability-token --ws-token-file FILE`.\n";

function readTarget(url: string): Result<Target> {
  if (url === "stdio" || url === "stdio://") return ok({ type: "stdio" });
  if (!url.startsWith("ws://")) {
    return err(fail("usage", `Error: unsupported --listen URL \`${url}\`; expected \`ws://IP:PORT\` or \`stdio\``));
  }
  const target = parseListen(url);
  if (!target.ok || target.value.type !== "websocket" || url.startsWith("ws://localhost")) {
    return err(fail("usage", `Error: invalid websocket --listen URL \`${url}\`; expected \`ws://IP:PORT\``));
  }
  return ok(target.value);
}

async function onStdio(executor: Executor, concurrency: number): Promise<number> {
  const channel = stdioChannel();
  onSignal(() => void channel.close("done", 0));
  await serveOne(executor, channel, concurrency);
  await channel.close("done", lastWords);
  return 0;
}

/** ms for a client to take what was said last. */
const lastWords = 2000;
