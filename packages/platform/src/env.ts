import { homedir } from "node:os";

/** Variables by name, as a process is given them. */
export type Environment = { readonly [name: string]: string | undefined };

/** A copy of this process's environment, taken now. */
export const currentEnvironment = (): Environment => ({ ...process.env });

/** The person's home folder: HOME where it is set, else what the system's user list says. */
export const homeFolder = (env: Environment): string =>
  env.HOME === undefined || env.HOME === "" ? homedir() : env.HOME;
