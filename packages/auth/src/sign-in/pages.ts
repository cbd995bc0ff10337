/** The pages that the callback server shows. Everything that comes from outside is escaped. */

export function successPage({ needsSetup, platformUrl }: { needsSetup: boolean; platformUrl: string }): string {
  const setup = needsSetup
    ? `<p>Your API organization is not set up yet: <a href="${escapeHtml(platformUrl)}">finish it on the platform</a>.</p>`
    : "";
  return page("Signed in to Codex", `<h1>Signed in to Codex</h1><p>You may close this page.</p>${setup}`);
}

export function errorPage({ code, message, details }: { code: string; message: string; details?: string }): string {
  const noEntitlement = code === "access_denied" && (details ?? "").toLowerCase().includes("missing_codex_entitlement");
  const title = noEntitlement ? "You do not have access to Codex" : "Sign-in could not be completed";
  const told = noEntitlement
    ? "Your workspace has not switched Codex on for this account. Ask an administrator of the workspace for access."
    : (details ?? message);
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(noEntitlement ? told : message)}</p>` +
      `<dl><dt>Error code</dt><dd>${escapeHtml(code)}</dd><dt>Details</dt><dd>${escapeHtml(told)}</dd></dl>` +
      "<p>Go back to Codex and try again, with another account if need be.</p>",
  );
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
  '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">' +
  `<style>${style}</style></head><body><main>${body}</main></body></html>`;

const style =
  "body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;color-scheme:light dark}" +
  "main{max-width:34rem;padding:2rem}h1{font-size:1.4rem}dt{font-weight:600}dd{margin:0 0 .6rem;overflow-wrap:anywhere}";

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
