/** What a rule says of the commands that begin with its words. */
export type Decision = "allow" | "prompt" | "forbidden";

export type PrefixRule = {
  readonly program: string;
  /** The words after the program; each may be one of several. */
  readonly rest: readonly (readonly string[])[];
  readonly decision: Decision;
  /** Of an allowed command: it runs in the sandbox all the same. */
  readonly sandboxed: boolean;
  /** The program's name counts in upper and lower case. */
  readonly anyCase: boolean;
  readonly justification: string | undefined;
  /** The administrator's: no file of rules takes a program out of it. */
  readonly managed?: boolean;
  /** Of a prompt: a person must answer it, not a reviewer. */
  readonly forPerson?: boolean;
};

export type NetworkRule = {
  readonly host: string;
  readonly protocol: "http" | "https" | "socks5_tcp" | "socks5_udp";
  readonly decision: Decision;
  readonly justification: string | undefined;
};

/** What files of rules say, in their order. */
export type RuleSet = {
  readonly prefixes: readonly PrefixRule[];
  readonly networks: readonly NetworkRule[];
  /** The places where a program of a name is the one that rules mean. */
  readonly executables: ReadonlyMap<string, readonly string[]>;
};

export const noRules: RuleSet = { prefixes: [], networks: [], executables: new Map() };

export const joinRules = (sets: readonly RuleSet[]): RuleSet => ({
  prefixes: sets.flatMap(({ prefixes }) => prefixes),
  networks: sets.flatMap(({ networks }) => networks),
  executables: new Map(sets.flatMap(({ executables }) => [...executables])),
});

const strictness: Record<Decision, number> = { allow: 0, prompt: 1, forbidden: 2 };

/** Of several decisions about one thing the strictest counts; undefined where there is none. */
export const strictest = (decisions: readonly Decision[]): Decision | undefined =>
  decisions.reduce<Decision | undefined>(
    (found, each) => (found === undefined || strictness[each] > strictness[found] ? each : found),
    undefined,
  );
