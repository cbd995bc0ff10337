// The proxy with the identity of a GitHub workflow, against services of the tests' own behind the hosts' real names.
import { expect, test } from "bun:test";
import { type FakeService, interceptTls } from "./support/intercept-tls.ts";
import { connectRaw, key, post, startProxy } from "./support/proxy-process.ts";
import { scanMemory } from "./support/scan-memory.ts";

const runnerToken = "runner-token.abcdefghijklmnop";
const githubToken = "eyJhbGciOiJub25lIn0.eyJnaXRodWIiOnRydWV9.abcdefghijklmnop";
const openaiToken = "eyJhbGciOiJub25lIn0.eyJvcGVuYWkiOnRydWV9.qrstuvwxyz~0123456789";

const flags = (url = "https://actions.test/token?api-version=2.0"): string[] => [
  ...["--github-oidc", "--oidc-audience", "https://api.openai.com/v1 x", "--identity-provider-id", "idp_1"],
  ...["--service-account-id", "sa_1", "--github-oidc-request-url", url],
];

const good: Record<string, FakeService> = {
  "actions.test": () => Response.json({ count: 1, value: githubToken }),
  "auth.openai.com": () =>
    Response.json({ issued: { access_token: "no" }, access_token: openaiToken, expires_in: 3600 }),
  "api.openai.com": () => Response.json({ ok: true }),
};

const start = (env: Record<string, string>, args = flags()) => startProxy({ env, input: `${runnerToken}\n`, args });

test("the runner's token becomes GitHub's, that becomes OpenAI's, and only that goes along with requests", async () => {
  await using net = await interceptTls(good);
  await using proxy = await start(net.env);
  using client = await connectRaw(proxy.port);
  client.write(post("{}"));
  expect(await client.answer()).toStartWith("HTTP/1.1 200 ");
  expect(
    net.requests.map(({ method, url, headers, body }) => ({
      method,
      url,
      authorization: headers["authorization"],
      body: body === "" ? "" : JSON.parse(body),
    })),
  ).toEqual([
    {
      method: "GET",
      url: "https://actions.test/token?api-version=2.0&audience=https%3A%2F%2Fapi.openai.com%2Fv1+x",
      authorization: `Bearer ${runnerToken}`,
      body: "",
    },
    {
      method: "POST",
      url: "https://auth.openai.com/oauth/token",
      authorization: undefined,
      body: {
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
        subject_token: githubToken,
        identity_provider_id: "idp_1",
        service_account_id: "sa_1",
      },
    },
    { method: "POST", url: "https://api.openai.com/v1/responses", authorization: `Bearer ${openaiToken}`, body: {} },
  ]);
  expect(net.refused).toEqual([]);
});

test.each<[string, Record<string, FakeService>, string[], string]>([
  [
    "GitHub refuses",
    { ...good, "actions.test": () => new Response("", { status: 404 }) },
    flags(),
    "GitHub OIDC token request rejected (HTTP 404)",
  ],
  [
    "GitHub redirects",
    { ...good, "actions.test": () => Response.redirect("https://auth.openai.com/", 302) },
    flags(),
    "GitHub OIDC token request rejected (HTTP 302)",
  ],
  [
    "GitHub says nothing",
    { ...good, "actions.test": () => Response.json({}) },
    flags(),
    "GitHub OIDC token request returned an invalid token response",
  ],
  [
    "OpenAI refuses",
    { ...good, "auth.openai.com": () => Response.json({ access_token: openaiToken }, { status: 401 }) },
    flags(),
    "OpenAI workload identity rejected (HTTP 401)",
  ],
  [
    "OpenAI says no token",
    { ...good, "auth.openai.com": () => Response.json({ access_token: "a b" }) },
    flags(),
    "OpenAI workload identity returned an invalid token response",
  ],
  ["the address is not private", good, flags("http://actions.test/"), "--github-oidc-request-url must use HTTPS"],
  [
    "the address has a password",
    good,
    flags("https://a:b@actions.test/"),
    "--github-oidc-request-url must not hold a user name or password",
  ],
  [
    "the address has a fragment",
    good,
    flags("https://actions.test/#"),
    "--github-oidc-request-url must not have a fragment",
  ],
])("it does not start where %s, and says so without a token", async (_, services, args, said) => {
  await using net = await interceptTls(services);
  const problem = await start(net.env, args).then(
    () => "started",
    (error: Error) => error.message,
  );
  expect(problem).toBe(`Error: ${said}\n`);
});

test("a service whose certificate nobody vouches for gets no key", async () => {
  await using net = await interceptTls(good);
  const { CODEX_CA_CERTIFICATE: _, ...env } = net.env;
  await using proxy = await startProxy({ env });
  using client = await connectRaw(proxy.port);
  client.write(post("{}"));
  const answer = await client.answer();
  expect(answer).toContain("502 Bad Gateway");
  expect(answer).toContain("upstream_tls");
  expect(net.requests).toEqual([]);
});

/** Bun's TLS layer keeps what it has decrypted last; what we send leaves nothing there. */
test.skipIf(process.platform !== "linux" || process.getuid?.() !== 0)(
  "over TLS, too, a key and a token that are sent stand in locked memory only, and the runner's token nowhere any more",
  async () => {
    await using net = await interceptTls(good);
    await using exchanged = await start(net.env);
    await using plain = await startProxy({ env: net.env });
    for (const { port } of [exchanged, plain]) {
      using client = await connectRaw(port);
      client.write(post("{}"));
      expect(await client.answer()).toStartWith("HTTP/1.1 200 ");
    }
    const locked = (pid: number, text: string) => scanMemory(pid, text).map((found) => found.locked);
    expect(locked(plain.pid, key.slice(16, 40))).toEqual([true]);
    expect(locked(exchanged.pid, runnerToken)).toEqual([]);
    expect(locked(exchanged.pid, openaiToken.slice(30)).filter(Boolean)).toEqual([true]);
  },
);
