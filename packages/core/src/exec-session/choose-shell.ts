import { err, ok, type Result } from "@codex/protocol/result";

export type ShellSettings = {
  /** The user's shell: absolute path. */
  readonly path: string;
  /** False: no command runs in a login shell (`allow_login_shell`). */
  readonly allowLogin: boolean;
  /** The absolute path of a program by name or path; undefined where there is none that may be run. */
  find(program: string): string | undefined;
};

/** The user's shell, `SHELL`'s value, where it is one that understands what models write; else bash, else sh. */
export function userShell(shell: string | undefined, find: ShellSettings["find"]): string {
  const usable = (path: string) => /\/(bash|zsh|sh)$/.test(path) && find(path) !== undefined;
  return [shell ?? "", "/bin/bash"].find(usable) ?? "/bin/sh";
}

/** What the model asked for. */
type ShellWish = { readonly cmd: string; readonly shell?: string; readonly login?: boolean };

/** The words that run a script: `["/bin/bash", "-lc", "ls"]`. The error is a sentence for the model. */
export function shellArgv(wish: ShellWish, settings: ShellSettings): Result<string[], string> {
  const shell = wish.shell === undefined ? settings.path : settings.find(wish.shell);
  if (shell === undefined) return err(`there is no shell ${wish.shell}; leave \`shell\` out for ${settings.path}`);
  if (wish.login === true && !settings.allowLogin) {
    return err("login shells are switched off in the configuration; leave `login` out or set it to false");
  }
  return ok([shell, (wish.login ?? settings.allowLogin) ? "-lc" : "-c", wish.cmd]);
}
