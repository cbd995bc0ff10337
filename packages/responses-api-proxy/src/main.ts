/** The stand-alone program `codex-responses-api-proxy`. */
import { runProxy } from "./run-proxy.ts";

const words = process.argv.slice(2);
const own = Bun.main.startsWith("/$bunfs/") ? [] : [Bun.main];

process.exit(await runProxy(words, { name: "codex-responses-api-proxy", argv: [process.execPath, ...own, ...words] }));
