import { expect, test } from "bun:test";
import { gateOf, rulesOf } from "./gate.test-support.ts";
import { judgeRequest, type NetworkRequest } from "./judge-request.ts";

const names = {
  "good.test": ["93.184.216.34"],
  "a.good.test": ["93.184.216.35", "2606:2800:220:1::1"],
  "inside.test": ["10.0.0.5"],
  "mixed.test": ["93.184.216.34", "127.0.0.1"],
  "mapped.test": ["::ffff:127.0.0.1"],
  localhost: ["127.0.0.1", "::1"],
};

type Rules = Parameters<typeof rulesOf>;

async function verdict(host: string, rules: Rules, more: Partial<NetworkRequest> = {}): Promise<string> {
  const { gate } = gateOf(rulesOf(...rules), names);
  const judged = await judgeRequest({ host, port: 443, protocol: "https", ...more }, gate.rules, gate);
  return judged.allowed ? judged.addresses.join() : judged.block.reason;
}

const all: Rules = [{ "*": "allow" }];

test.each<[string, Rules, string]>([
  ["good.test", [{ "good.test": "allow" }], "93.184.216.34"],
  ["GOOD.test.", [{ "Good.Test": "allow" }], "93.184.216.34"],
  ["good.test", [{}], "not_allowed"],
  ["good.test", [{ "*.good.test": "allow" }], "not_allowed"],
  ["a.good.test", [{ "*.good.test": "allow" }], "93.184.216.35,2606:2800:220:1::1"],
  ["good.test", [{ "**.good.test": "allow" }], "93.184.216.34"],
  ["notgood.test", [{ "**.good.test": "allow" }], "not_allowed"],
  ["good.test.evil.test", [{ "**.good.test": "allow" }], "not_allowed"],
  ["good.test", all, "93.184.216.34"],
  ["good.test", [{ "*": "allow", "good.test": "deny" }], "denied"],
  ["a.good.test", [{ "a.good.test": "allow", "*.good.test": "deny" }], "denied"],
  ["good.test", [{ "good.test": "allow", "*": "deny" }], "denied"],
  ["good.test", [{ "good.test": "allow", "93.184.216.34": "deny" }], "denied"],
  ["nowhere.test", all, ""],
])("%s with %j: %s", async (host, rules, expected) => {
  expect(await verdict(host, rules)).toBe(expected);
});

test.each([
  "evil.test\0.good.test",
  "a\r\nb.test",
  "a b.test",
  "-a.test",
  "",
  "a..test",
  "x@good.test",
  "é.test",
  "%00.test",
])("%j is no host name", async (host) => {
  expect(await verdict(host, all)).toBe("invalid_host");
});

test.each(["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "127.0.0.1.", "good.0x1"])(
  "the old spelling %s of an address is refused",
  async (host) => {
    expect(await verdict(host, all)).toBe("invalid_host");
  },
);

test.each([
  "127.0.0.1",
  "127.255.0.9",
  "0.0.0.0",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.0.1",
  "169.254.169.254",
  "100.64.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "[::1]",
  "::",
  "fe80::1",
  "fd00::1",
  "::ffff:10.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
])("%s is blocked unless named", async (host) => {
  expect(await verdict(host, all)).toBe("not_allowed_local");
  const bare = host.replace(/[[\]]/g, "");
  expect(await verdict(host, [{ [bare]: "allow" }])).not.toMatch(/^not_allowed|invalid/);
});

test("an address is covered by no wildcard", async () => {
  expect(await verdict("93.184.216.34", all)).toBe("not_allowed");
  expect(await verdict("93.184.216.34", [{ "93.184.216.34": "allow" }])).toBe("93.184.216.34");
});

test.each(["inside.test", "mixed.test", "mapped.test"])("%s leads to a private address", async (host) => {
  expect(await verdict(host, [{ [host]: "allow" }])).toBe("not_allowed_local");
  expect(await verdict(host, [{ [host]: "allow" }, { allowPrivate: true }])).not.toBe("not_allowed_local");
});

test("a private address that is named may be reached by name; localhost needs only its own name", async () => {
  expect(await verdict("inside.test", [{ "inside.test": "allow", "10.0.0.5": "allow" }])).toBe("10.0.0.5");
  expect(await verdict("localhost", all)).toBe("not_allowed_local");
  expect(await verdict("localhost", [{ localhost: "allow" }])).toBe("127.0.0.1,::1");
});

test("what no rule covers is asked about by its canonical name, and a yes does not open private addresses", async () => {
  const { gate } = gateOf(rulesOf({ "denied.test": "deny" }), names);
  const asked: string[] = [];
  const deps = {
    ...gate,
    ask: async ({ host }: NetworkRequest) => {
      asked.push(host);
      return "allow" as const;
    },
  };
  const judge = async (host: string) => judgeRequest({ host, port: 80, protocol: "socks5Tcp" }, gate.rules, deps);
  expect(await judge("Good.TEST")).toEqual({ allowed: true, addresses: ["93.184.216.34"] });
  expect(await judge("inside.test")).toMatchObject({ allowed: false, block: { reason: "not_allowed_local" } });
  expect(await judge("denied.test")).toMatchObject({ allowed: false, block: { reason: "denied" } });
  expect(await judge("127.0.0.1")).toMatchObject({ allowed: false, block: { reason: "not_allowed_local" } });
  expect(asked).toEqual(["good.test", "inside.test"]);
});

test("limited mode reads by plain HTTP only", async () => {
  const limited: Rules = [{ "good.test": "allow" }, { mode: "limited" }];
  const http = (method: string) => verdict("good.test", limited, { protocol: "http", method });
  expect(await Promise.all(["GET", "HEAD", "OPTIONS", "POST", "get"].map(http))).toEqual([
    ...Array.from({ length: 3 }, () => "93.184.216.34"),
    ...Array.from({ length: 2 }, () => "method_not_allowed"),
  ]);
  expect(await verdict("good.test", limited)).toBe("mitm_required");
  expect(await verdict("good.test", limited, { protocol: "socks5Tcp" })).toBe("method_not_allowed");
});
