/**
 * Whether anybody listens at the address, told by opening a TCP connection and closing it; false too when that takes
 * longer than `ms`. `fetch` cannot tell a server that thinks from one whose packets are swallowed; this can.
 */
export function canConnect(url: string, ms: number): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const tell = (open: boolean) => {
      clearTimeout(timer);
      resolve(open);
    };
    Bun.connect({
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port) || (protocol === "https:" ? 443 : 80),
      socket: {
        open: (socket) => {
          socket.end();
          tell(true);
        },
        data: () => {},
        connectError: () => tell(false),
      },
    }).catch(() => tell(false));
  });
}

/** Whether requests may go through a proxy, so that the address itself need not be reachable from here. */
export const usesProxy = (env: Readonly<Record<string, string | undefined>>): boolean =>
  ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"].some((name) => env[name] || env[name.toLowerCase()]);
