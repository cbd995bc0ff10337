import { expect, test } from "bun:test";
import { findPatchInCommand } from "./patch-in-command.ts";

const patch = "*** Begin Patch\n*** Add File: n\n+$HOME `id`\n*** End Patch";
const here = (opening: string, delimiter = "EOF"): string => `${opening}\n${patch}\n${delimiter}\n`;

test.each([
  here("apply_patch <<'EOF'"),
  here("apply_patch <<EOF"),
  here('apply_patch <<"EOF"'),
  here("apply_patch <<\\EOF"),
  here("apply_patch <<'PATCH'", "PATCH"),
  here("apply_patch << 'EOF'"),
  here("apply_patch <<-'EOF'", "\tEOF"),
  here("applypatch <<'EOF'"),
  here("FOO=1 apply_patch <<'EOF'"),
  `\n\n  ${here("apply_patch <<'EOF'")}\n`,
  here("apply_patch <<'EOF'").trimEnd(),
  JSON.stringify(["apply_patch", patch]),
  `\n${patch}\n`,
])("finds the patch in %j", (script) => {
  expect(findPatchInCommand(script)).toEqual({ patch });
});

test.each([
  ["cd sub && apply_patch <<'EOF'", "sub"],
  ["cd 'a b' && apply_patch <<'EOF'", "a b"],
  ["cd \"a b\" && apply_patch <<'EOF'", "a b"],
  ["cd a\\ b && apply_patch <<'EOF'", "a b"],
  ["cd .. && apply_patch <<'EOF'", ".."],
  ["cd sub &&\napply_patch <<'EOF'", "sub"],
])("takes the folder from %j", (opening, workdir) => {
  expect(findPatchInCommand(here(opening))).toEqual({ patch, workdir });
});

test.each([
  here("cd sub; apply_patch <<'EOF'"),
  here("cd sub || apply_patch <<'EOF'"),
  here("cd . && cd sub && apply_patch <<'EOF'"),
  here("cd a b && apply_patch <<'EOF'"),
  here("cd -P sub && apply_patch <<'EOF'"),
  here("cd $HOME && apply_patch <<'EOF'"),
  here("cd \"$HOME\" && apply_patch <<'EOF'"),
  here("cd \"a\"b && apply_patch <<'EOF'"),
  `${here("apply_patch <<'EOF'")}echo done`,
  here("apply_patch <<'EOF' && echo done"),
  here("apply_patch <<'EOF' | cat"),
  here("apply_patch <<'EOF';"),
  here("apply_patch <<'EOF' &"),
  here("apply_patch > out <<'EOF'"),
  here("apply_patch foo <<'EOF'"),
  here("echo a && apply_patch <<'EOF'"),
  `set -e\n${here("apply_patch <<'EOF'")}`,
  `# hi\n${here("apply_patch <<'EOF'")}`,
  `(${here("apply_patch <<'EOF'")})`,
  here("apply_patch <<'EOF'") + here("apply_patch <<'EOF'"),
  here("cat <<'X'\napply_patch <<'EOF'", "X"),
  here("\"apply_patch\" <<'EOF'"),
  `apply_patch '${patch}'`,
  `apply_patch <<< '${patch}'`,
  `cat <<'EOF' | apply_patch\n${patch}\nEOF\n`,
  here("apply_patch <<'EOF'", "OTHER"),
  JSON.stringify(["cat", patch]),
  JSON.stringify(["apply_patch", patch, "more"]),
  "[ -f x ] && echo y",
  "",
])("leaves %j to the shell", (script) => {
  expect(findPatchInCommand(script)).toBeUndefined();
});
