import { basename, isAbsolute, join } from "node:path";
import { readExamples, type Example } from "./read-examples.ts";
import { readPattern } from "./read-pattern.ts";
import type { Decision, NetworkRule, PrefixRule } from "./rule.ts";
import { bindArguments, wrongType } from "./starlark/bind-arguments.ts";
import { StarlarkError } from "./starlark/starlark-error.ts";
import { typeName, type Arguments, type Callable, type Value } from "./starlark/value.ts";

/** What a file of rules has said so far. */
export type Said = {
  readonly prefixes: PrefixRule[];
  readonly networks: NetworkRule[];
  readonly executables: Map<string, readonly string[]>;
  /** Commands that rules of one call must cover, and others that they must not. */
  readonly checks: { rules: readonly PrefixRule[]; match: readonly Example[]; notMatch: readonly Example[] }[];
};

/** The functions that files of rules call. `home`: what `~/` stands for. Texts of errors: the original 0.169.0. */
export const ruleFunctions = (said: Said, home: string): Callable[] =>
  Object.entries({
    prefix_rule: (args: Arguments) => prefixRule(args, said),
    network_rule: (args: Arguments) => networkRule(args, said),
    host_executable: (args: Arguments) => hostExecutable(args, said, home),
  }).map(([name, run]) => ({
    kind: "function",
    name,
    call: (args) => {
      run(args);
      return null;
    },
  }));

const prefixParameters = [
  ..."pattern decision? match? not_match? justification? canonical_matching?".split(" "),
  // Ours: the original has no such word.
  "sandbox?",
];

function prefixRule(args: Arguments, said: Said): void {
  const bound = bindArguments("prefix_rule", prefixParameters, args);
  const [programs, ...rest] = readPattern(bound.get("pattern") ?? null);
  const decision = readDecision(bound.has("decision") ? text("decision", bound) : "allow");
  const common = {
    rest,
    decision,
    sandboxed: flag("sandbox", bound),
    anyCase: flag("canonical_matching", bound),
    justification: readJustification(bound),
  };
  if (common.sandboxed && decision !== "allow") {
    throw new StarlarkError('invalid rule: sandbox=True goes only with decision="allow"');
  }
  const rules = (programs ?? []).map((program) => ({ program, ...common }));
  said.prefixes.push(...rules);
  said.checks.push({
    rules,
    match: readExamples("match", bound.get("match") ?? null),
    notMatch: readExamples("not_match", bound.get("not_match") ?? null),
  });
}

const protocols = ["http", "https", "socks5_tcp", "socks5_udp"] as const;

function networkRule(args: Arguments, said: Said): void {
  const bound = bindArguments("network_rule", ["host", "protocol", "decision", "justification?"], args);
  const host = readHost(text("host", bound));
  const named = text("protocol", bound);
  const protocol = protocols.find((each) => each === named);
  if (protocol === undefined) {
    throw new StarlarkError(
      `invalid rule: network_rule protocol must be one of http, https, socks5_tcp, socks5_udp (got ${named})`,
    );
  }
  const word = text("decision", bound);
  const decision = readDecision(word === "deny" ? "forbidden" : word);
  said.networks.push({ host, protocol, decision, justification: readJustification(bound) });
}

function readHost(host: string): string {
  const problem = (why: string) => new StarlarkError(`invalid rule: network_rule host ${why}`);
  if (host.trim() === "") throw problem("cannot be empty");
  if (host.includes("*")) throw problem("must be a specific host; wildcards are not allowed");
  if (/[/?#@]/.test(host)) throw problem("must be a hostname or IP literal (without scheme or path)");
  if (/\s/.test(host)) throw problem("cannot contain whitespace");
  if (/\p{Cc}/u.test(host)) throw problem("cannot contain control characters");
  return host.toLowerCase().replace(/\.$/, "");
}

function hostExecutable(args: Arguments, said: Said, home: string): void {
  const bound = bindArguments("host_executable", ["name", "paths"], args);
  const name = text("name", bound);
  const problem = (why: string) => new StarlarkError(`invalid rule: host_executable ${why}`);
  if (name === "") throw problem("name cannot be empty");
  if (/[/\\]/.test(name)) throw problem(`name must be a bare executable name (got ${name})`);
  const paths = bound.get("paths") ?? null;
  if (typeof paths !== "object" || paths?.kind !== "list") throw wrongType("paths", "list", paths);
  const places = paths.items.map((path) => {
    if (typeof path !== "string") throw problem(`paths must be strings (got ${typeName(path)})`);
    const place = path.startsWith("~/") ? join(home, path.slice(2)) : path;
    if (!isAbsolute(place)) throw problem(`paths must be absolute (got ${path})`);
    if (basename(place) !== name) throw problem(`path \`${path}\` must have basename \`${name}\``);
    return place;
  });
  said.executables.set(name, places);
}

function readDecision(word: string): Decision {
  if (word === "allow" || word === "prompt" || word === "forbidden") return word;
  throw new StarlarkError(`invalid decision: ${word}`);
}

function readJustification(bound: ReadonlyMap<string, Value>): string | undefined {
  if ((bound.get("justification") ?? null) === null) return undefined;
  const said = text("justification", bound);
  if (said.trim() === "") throw new StarlarkError("invalid rule: justification cannot be empty");
  return said;
}

function text(name: string, bound: ReadonlyMap<string, Value>): string {
  const value = bound.get(name) ?? null;
  if (typeof value === "string") return value;
  throw wrongType(name, "str", value);
}

function flag(name: string, bound: ReadonlyMap<string, Value>): boolean {
  const value = bound.get(name) ?? false;
  if (typeof value === "boolean") return value;
  throw wrongType(name, "bool", value);
}
