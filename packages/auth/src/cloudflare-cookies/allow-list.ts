/** Whether an address belongs to the ChatGPT service and is encrypted: only there are cookies kept or sent. */
export const takesCookies = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" && (hosts.has(hostname) || suffixes.some((suffix) => hostname.endsWith(suffix)));

/** Whether a cookie is one that Cloudflare steers its traffic with; all others, sessions above all, are dropped. */
export const isCloudflareCookie = (name: string): boolean => names.has(name) || name.startsWith("cf_chl_");

const hosts: ReadonlySet<string> = new Set(["chatgpt.com", "chat.openai.com", "chatgpt-staging.com"]);

/** chat.openai.com has no hosts below it that count. */
const suffixes: readonly string[] = [".chatgpt.com", ".chatgpt-staging.com"];

const names: ReadonlySet<string> = new Set([
  "__cf_bm",
  "__cflb",
  "__cfruid",
  "__cfseq",
  "__cfwaitingroom",
  "_cfuvid",
  "cf_clearance",
  "cf_ob_info",
  "cf_use_ob",
]);
