/** Replaces every secret by `[redacted]`. Servers quote keys in their errors; nothing we show or log may repeat them. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= shortestSecret) clean = clean.replaceAll(secret, "[redacted]");
  return clean;
}

/** A shorter "key" is a placeholder for a local server, and replacing it would garble the sentence. */
const shortestSecret = 6;
