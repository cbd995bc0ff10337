import { err, ok, type Result } from "@codex/protocol/result";

/** Where an app server is reached. */
export type ListenTarget =
  | { readonly type: "stdio" }
  /** `path` is undefined for the socket that belongs to the Codex home. */
  | { readonly type: "unix"; readonly path: string | undefined }
  | { readonly type: "websocket"; readonly hostname: string; readonly port: number; readonly loopback: boolean }
  | { readonly type: "off" };

/** Reads the value of `--listen`. */
export function parseListen(url: string): Result<ListenTarget, string> {
  if (url === "stdio://") return ok({ type: "stdio" });
  if (url === "off") return ok({ type: "off" });
  if (url.startsWith("unix://")) {
    const path = url.slice("unix://".length);
    return ok({ type: "unix", path: path === "" ? undefined : path });
  }
  if (!url.startsWith("ws://")) {
    return err(
      `unsupported --listen URL \`${url}\`; expected \`stdio://\`, \`unix://\`, \`unix://PATH\`, \`ws://IP:PORT\`, or \`off\``,
    );
  }
  const [, host = "", port = ""] = /^ws:\/\/(\[[0-9a-fA-F:.]+\]|[0-9.]+|localhost):(\d{1,5})$/.exec(url) ?? [];
  const hostname = host === "localhost" ? "127.0.0.1" : host.replace(/^\[|\]$/g, "");
  if (host === "" || Number(port) > 65535 || !isAddress(hostname)) {
    return err(`invalid websocket --listen URL \`${url}\`; expected \`ws://IP:PORT\``);
  }
  return ok({ type: "websocket", hostname, port: Number(port), loopback: isLoopback(hostname) });
}

const isAddress = (text: string): boolean =>
  text.includes(":") ? /^[0-9a-fA-F:.]+$/.test(text) : /^(\d{1,3})(\.\d{1,3}){3}$/.test(text);

const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");

/** As it is written in a URL. */
export const hostPort = (hostname: string, port: number): string =>
  hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
