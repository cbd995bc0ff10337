/** Where ChatGPT's own service answers, when nobody says otherwise. */
export const defaultBackend = "https://chatgpt.com/backend-api";

/**
 * The address of one of the service's endpoints, `path` without a slash in front. Services whose base names
 * `/backend-api` call their part for Codex `wham`, others `api/codex`; ChatGPT's own base may leave `/backend-api` out.
 */
export function backendUrl(base: string, path: string): string {
  const whole = wholeBase(base);
  return `${whole}/${whole.includes("/backend-api") ? "wham" : "api/codex"}/${path}`;
}

/** A base as it is meant: without slashes at the end, and with the part that people leave out. */
export function wholeBase(base: string): string {
  const trimmed = base.trim().replace(/\/+$/, "");
  const bare = chatGptOrigins.some((origin) => trimmed === origin || trimmed.startsWith(`${origin}/`));
  return bare && !trimmed.includes("/backend-api") ? `${trimmed}/backend-api` : trimmed;
}

/** The origins that a saved login may always be sent to. */
export const chatGptOrigins: readonly string[] = [
  "https://chatgpt.com",
  "https://chat.openai.com",
  "https://chatgpt-staging.com",
];
