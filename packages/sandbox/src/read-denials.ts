import { parseHost } from "./network/host-name.ts";

/** What a command seems to have been kept from, by its own output: paths as it wrote them, hosts in their one spelling. */
export type Denials = { readonly paths: readonly string[]; readonly hosts: readonly string[] };

/**
 * Reads a failed command's output. The words are a hint and nothing more: whoever acts on it checks that the sandbox does keep
 * these places closed, and asks a person. `script` names the hosts where the output only says that there is no network. Pure.
 */
export function readDenials(output: string, script: string): Denials {
  const lines = output.slice(-longest).split(/\r?\n/);
  const paths = lines.filter((line) => denial.test(line)).flatMap(pathsIn);
  const named = lines.flatMap((line) => hostPatterns.flatMap((pattern) => pattern.exec(line)?.[1] ?? []));
  const meant = named.length === 0 && noNetwork.test(output) ? urlHosts(script) : [];
  return { paths: first(paths), hosts: first([...named, ...meant].flatMap((name) => parseHost(name)?.text ?? [])) };
}

/** Characters of the end of an output, where errors stand. */
const longest = 65_536;
/** A person can judge a few of them. */
const most = 4;

const first = (all: readonly string[]): string[] => [...new Set(all)].slice(0, most);

const denial = /read-only file system|permission denied|operation not permitted|\bE(ROFS|ACCES|PERM)\b/i;

/** What stands in quotes, the last word before each colon where it looks like a path, and what a shell names right before the denial. */
function pathsIn(line: string): string[] {
  const quoted = [...line.matchAll(/'([^'\n]+)'|"([^"\n]+)"|‘([^’\n]+)’|`([^`\n]+)`/g)].flatMap((match) =>
    match.slice(1).filter((each) => each !== undefined),
  );
  const last = line.split(/:\s+|,\s+/).map((part) => part.trim().replace(/^.*\s/, ""));
  const plain = last.filter((word) => /^[^:'"‘`]*\/[^:'"’`]*$/.test(word) && !isShell(word));
  const ofShell =
    /(?:\bline \d+|\bsh: \d+): (?:cannot create )?([^:\s]+): (?:read-only|permission)/i.exec(line)?.[1] ?? [];
  return [...quoted, ...plain, ofShell].flat().filter((path) => path.length < 4096 && !denial.test(path));
}

/** Who reports, as in `/bin/bash: line 1: /x: Read-only file system`. */
const isShell = (part: string): boolean => /(^|\/)(ba|z|da|k)?sh$/.test(part);

const name = `["'‘(]?([\\w.-]+\\w)(?=$|[\\s"'’:),;])`;
const hostPatterns = [
  new RegExp(`could ?n[o']t resolve host(?: name)?: ${name}`, "i"),
  new RegExp(`could not resolve ['‘]${name}`, "i"),
  new RegExp(`unable to resolve host address ${name}`, "i"),
  new RegExp(`failure resolving ${name}`, "i"),
  new RegExp(`failed to resolve ${name}`, "i"),
  new RegExp(`getaddrinfo (?:ENOTFOUND|EAI_AGAIN) ${name}`),
  new RegExp(`ConnectionPool\\(host=${name}`),
  new RegExp(`dial tcp: lookup ${name}`),
];

const noNetwork =
  /name resolution|name or service not known|network is unreachable|could not resolve|failed to connect|ENETUNREACH/i;

const urlHosts = (script: string): string[] =>
  [...script.matchAll(/\b(?:https?|git):\/\/(?:[^\s/@'"]*@)?(\[[\da-f:.]+\]|[\w.-]+)/gi)].map(([, host = ""]) => host);
