import { handlers } from "@codex/app-server/handlers";
import { unavailable } from "@codex/app-server/unavailable-methods";
import { reasons } from "@codex/app-server/unavailable-reasons";
import { experimentalMethods, isMethod, schemas, type Method } from "@codex/protocol/methods";
import { expect, test } from "bun:test";
import { join } from "node:path";

const page = await Bun.file(join(import.meta.dir, "..", "docs", "app-server-methods.md")).text();
const methods = Object.keys(schemas).filter(isMethod);

test("the table of methods says of each stable one what the server does with it", () => {
  const told = [...page.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)].map(([, method, there]) => [method, there]);
  const stable = methods.filter((method) => !experimentalMethods.has(method));
  expect(told).toEqual(stable.map((method) => [method, stateOf(method)]));
});

test("the experimental methods that are there are all named", () => {
  const named = [...(page.split("these are there:")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, method]) => method);
  const there = Object.keys(handlers).filter(isMethod);
  expect(named.toSorted()).toEqual(there.filter((method) => experimentalMethods.has(method)).toSorted());
});

const stateOf = (method: Method): string =>
  method in unavailable ? `no: ${reasons[unavailable[method as keyof typeof unavailable]]}` : "yes";
