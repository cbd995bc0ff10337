import { expect, test } from "bun:test";
import { readDenials } from "./read-denials.ts";

test.each([
  ["touch: cannot touch '/x/y': Read-only file system", ["/x/y"]],
  ["mkdir: cannot create directory ‘/x/a b’: Read-only file system", ["/x/a b"]],
  ["/bin/bash: line 1: /x/y: Read-only file system", ["/x/y"]],
  ["bash: line 12: made: Read-only file system", ["made"]],
  ["sh: 1: cannot create ../made: Permission denied", ["../made"]],
  ["fatal: Unable to create '/r/.git/index.lock': Read-only file system", ["/r/.git/index.lock"]],
  ["PermissionError: [Errno 13] Permission denied: '/x'", ["/x"]],
  ["OSError: [Errno 30] Read-only file system: 'out/x'", ["out/x"]],
  ["Error: EROFS: read-only file system, open '/x/y'", ["/x/y"]],
  ["open /x/y: read-only file system", ["/x/y"]],
  ["error: failed to write `/x/y`\r", []],
  ["warning: could not open /x/y: Permission denied (os error 13)", ["/x/y"]],
  ["ping: socket: Operation not permitted", []],
  ["cat: /x/y: No such file or directory", []],
])("of %p the paths are %p", (line, paths) => {
  expect(readDenials(`before\n${line}\nafter`, "").paths).toEqual(paths);
});

test.each([
  ["curl: (6) Could not resolve host: Example.com", "", ["example.com"]],
  ["fatal: unable to access 'https://github.com/x/': Could not resolve host: github.com", "", ["github.com"]],
  ["wget: unable to resolve host address ‘example.com’", "", ["example.com"]],
  ["npm error request failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org", "", ["registry.npmjs.org"]],
  ["HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded", "", ["pypi.org"]],
  ["dial tcp: lookup proxy.golang.org: Temporary failure in name resolution", "", ["proxy.golang.org"]],
  ["Temporary failure resolving 'deb.debian.org'", "", ["deb.debian.org"]],
  ["Temporary failure in name resolution", "pip install https://me:pw@files.test/x.whl", ["files.test"]],
  ["curl: (7) Failed to connect to 192.0.2.1", "curl http://192.0.2.1/x", ["192.0.2.1"]],
  ["All is well", "curl https://files.test", []],
  ["curl: (6) Could not resolve host: ev\0il", "", []],
])("of %p the hosts, with the script %p, are those that were named", (output, script, hosts) => {
  expect(readDenials(output, script).hosts).toEqual(hosts);
});

test("of many places only a few are taken, and of a long output its end", () => {
  const line = (at: number) => `touch: cannot touch '/x/${at}': Read-only file system\n`;
  const output = Array.from({ length: 2000 }, (_, at) => line(at)).join("");
  expect(readDenials(output, "").paths).toHaveLength(4);
  expect(readDenials(`${line(1)}${"x".repeat(70_000)}\n`, "").paths).toEqual([]);
});
