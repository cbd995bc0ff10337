import type { Config } from "@codex/config/schema";

/** Whether the provider that is configured takes credentials of OpenAI. */
export function needsOpenAi({ model_provider: id = "openai", model_providers: providers }: Config): boolean {
  return id === "openai" || providers?.[id]?.requires_openai_auth === true;
}
