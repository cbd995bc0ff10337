import { expect, test } from "bun:test";
import { shellArgv, type ShellSettings, userShell } from "./choose-shell.ts";

const settings: ShellSettings = {
  path: "/bin/bash",
  allowLogin: true,
  find: (program) => (program === "zsh" ? "/usr/bin/zsh" : undefined),
};
const strict = { ...settings, allowLogin: false };

test("the user's shell as a login shell, unless something else is asked for", () => {
  expect(shellArgv({ cmd: "ls" }, settings)).toEqual({ ok: true, value: ["/bin/bash", "-lc", "ls"] });
  expect(shellArgv({ cmd: "ls", login: false }, settings)).toEqual({ ok: true, value: ["/bin/bash", "-c", "ls"] });
  expect(shellArgv({ cmd: "ls", shell: "zsh" }, settings)).toEqual({ ok: true, value: ["/usr/bin/zsh", "-lc", "ls"] });
  expect(shellArgv({ cmd: "ls" }, strict)).toEqual({ ok: true, value: ["/bin/bash", "-c", "ls"] });
});

test("a shell that is not there, and a login shell that may not be, are told", () => {
  expect(shellArgv({ cmd: "ls", shell: "/bin/nope" }, settings)).toEqual({
    ok: false,
    error: "there is no shell /bin/nope; leave `shell` out for /bin/bash",
  });
  expect(shellArgv({ cmd: "ls", login: true }, strict)).toMatchObject({ ok: false });
});

test("the user's shell is taken where models can write for it", () => {
  const find = (path: string) => (path === "/bin/gone/zsh" ? undefined : path);
  expect(userShell("/usr/bin/zsh", find)).toBe("/usr/bin/zsh");
  for (const other of [undefined, "", "/usr/bin/fish", "/bin/gone/zsh"])
    expect(userShell(other, find)).toBe("/bin/bash");
  expect(userShell("/usr/bin/fish", () => undefined)).toBe("/bin/sh");
});
