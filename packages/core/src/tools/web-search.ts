import type { Config } from "@codex/config/schema";
import type { ModelInfo } from "@codex/model/catalogue";
import type { SandboxPolicy } from "@codex/protocol/thread";
import type { HostedTool } from "./define-tool.ts";

/**
 * The service's own search, passed through. What is configured holds; where nothing is, a thread without a sandbox searches
 * live and any other in the service's cache, as in the original 0.169.0.
 */
export function webSearch(config: Config, model: ModelInfo, policy: SandboxPolicy): HostedTool | undefined {
  const settings = config.tools?.web_search;
  const mode =
    config.web_search ?? (settings === false ? "disabled" : policy.type === "dangerFullAccess" ? "live" : "cached");
  if (mode === "disabled") return undefined;
  const options = typeof settings === "object" ? settings : {};
  const { allowed_domains: domains, context_size: size, location } = options;
  return {
    kind: "hosted",
    name: "web_search",
    spec: {
      type: "web_search",
      external_web_access: mode === "live",
      ...(mode === "indexed" ? { indexed_web_access: true } : {}),
      ...(domains === undefined ? {} : { filters: { allowed_domains: [...domains] } }),
      ...(location === undefined ? {} : { user_location: { type: "approximate", ...location } }),
      ...(size === undefined ? {} : { search_context_size: size }),
      ...(model.webSearchTool === "text_and_image" ? { search_content_types: ["text", "image"] } : {}),
    },
  };
}
