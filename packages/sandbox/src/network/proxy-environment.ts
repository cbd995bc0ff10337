/** Where the proxies listen inside the command's own network; nothing else can be there, so they need not be sought. */
export const proxyPorts = { http: 28128, socks: 28129 } as const;

/** The variables by which programs find the proxies. Names: the original. */
export function proxyEnvironment(): Record<string, string> {
  const http = `http://127.0.0.1:${proxyPorts.http}`;
  const socks = `socks5h://127.0.0.1:${proxyPorts.socks}`;
  return {
    ...each(httpNames, http),
    ...each(socksNames, socks),
    // An empty list of exceptions: everything takes the proxy.
    ...each(exceptionNames, ""),
    NODE_USE_ENV_PROXY: "1",
    ELECTRON_GET_USE_PROXY: "true",
    CODEX_NETWORK_PROXY_ACTIVE: "1",
    CODEX_NETWORK_ALLOW_LOCAL_BINDING: "0",
  };
}

const httpNames = `HTTP_PROXY HTTPS_PROXY WS_PROXY WSS_PROXY http_proxy https_proxy ws_proxy wss_proxy
  npm_config_proxy npm_config_http_proxy npm_config_https_proxy NPM_CONFIG_PROXY NPM_CONFIG_HTTP_PROXY NPM_CONFIG_HTTPS_PROXY
  YARN_HTTP_PROXY YARN_HTTPS_PROXY BUNDLE_HTTP_PROXY BUNDLE_HTTPS_PROXY PIP_PROXY DOCKER_HTTP_PROXY DOCKER_HTTPS_PROXY`;
const socksNames = "ALL_PROXY all_proxy FTP_PROXY ftp_proxy";
const exceptionNames = "NO_PROXY no_proxy npm_config_noproxy NPM_CONFIG_NOPROXY BUNDLE_NO_PROXY";

const each = (names: string, value: string): Record<string, string> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, value]));
