import { expect, test } from "bun:test";
import { dangerOf } from "./dangerous-command.ts";
import { glimpseCommands } from "./glimpse-commands.ts";

const kinds = (script: string) =>
  glimpseCommands(["/bin/bash", "-lc", script]).commands.flatMap((words) => dangerOf(words)?.kind ?? []);

/** Each refused by the original 0.169.0 where nobody can be asked. */
const forced = [
  "rm -rf q",
  "rm -fr q",
  "rm -r -f q",
  "rm -rfv q",
  "rm --force q",
  "rm --fo q",
  "/bin/rm -rf q",
  "sudo rm -f q",
  "sudo -u me rm -f q",
  "env rm -rf q",
  "env -i A=1 rm -rf q",
  "A=1 rm -rf q",
  "echo $(rm -rf q)",
  'echo "$(rm -rf q)"',
  "echo `rm -rf q`",
  "(rm -rf q)",
  "rm -rf q > out 2>&1",
  'bash -c "rm -rf q"',
  "bash -lc 'sh -c \"rm -rf q\"'",
  "ls && rm -rf q",
  "ls | xargs rm -f",
  "ls | xargs -n 1 rm -f",
  "find . -name x -exec rm -f {} +",
  "for f in a b; do rm -f $f; done",
  "if true; then rm -rf q; fi",
  "true &\nrm -rf q",
  "r\\m -rf q",
  "r''m -rf q",
  "'rm' \"-rf\" q",
  "rm$IFS-rf q",
  "rm${IFS}-rf${IFS}q",
  "rm \\\n -rf q",
  "cat <(rm -rf q)",
  "eval 'rm -rf q'",
  "timeout 5 rm -rf q",
  "nice -n 5 nohup rm -rf q",
  "trap 'rm -f q' EXIT",
  "bash <<E\nrm -rf q\nE",
  "env bash <<'E'\nrm -rf q\nE",
  "sudo -u me /bin/sh -s <<'E'\nrm -rf q\nE",
  "cat <<'E' | bash\nrm -rf q\nE",
  "cat <<'E' | tee x | sh && ls\nrm -rf q\nE",
  "bash <<< 'rm -rf q'",
  'echo "$(f() { rm -rf q; }; f)"',
  'echo "$( (ls); rm -rf q)"',
  "echo $(case a in b|a) rm -rf q;; esac)",
  `cat <<E\n$(eval "echo '{ rm -rf q; }' | sh")\nE`,
  'echo "$(case x in a) rm -rf q;; esac)"',
  'echo "$(for case in a; do :; done)"; rm -rf q',
  'echo "$(echo ${x#(})"; rm -rf q',
  'echo "$((1 + 2)) $((x ? 1 : 2))"; rm -rf q',
  "env sh -s <<<'rm -rf q'; ls",
  "echo 'rm -rf q' | sh",
  "printf 'rm -rf q' | sudo bash",
  ". /dev/stdin <<'E'\nrm -rf q\nE",
  "cat <<E\nit's $(rm -rf q)\nE",
  "f() { rm -rf q; }; f",
  "! rm -rf q",
  "{ rm -rf q; }",
  ">x rm -rf q",
  "env -S 'rm -rf q'",
];
test.each(forced)("%j removes by force", (script) => {
  expect(kinds(script)).toContain("forced");
});

const lasting = [
  "git reset --hard",
  "git -C x reset --hard HEAD~1",
  "git push --force",
  "git push -f origin main",
  "git push --force-with-lease=main",
  "git push origin +main",
  "git push origin --delete x",
  "git clean -fd",
  "git branch -D x",
  "git branch --delete --force x",
  "git checkout -- .",
  "git checkout .",
  "git restore a",
  "git stash clear",
  "find . -name x -delete",
  "truncate -s 0 a",
  "dd if=/dev/zero of=a",
  "mkfs.ext4 /dev/sda",
  "chmod -R 777 .",
  "sudo chown --recursive me .",
  "shred a",
];
test.each(lasting)("%j is lasting", (script) => {
  expect(kinds(script)).toEqual(["lasting"]);
});

const harmless = [
  "rm q",
  "rm -r q",
  "rm -- -f",
  "rmdir -f q",
  "git reset HEAD a",
  "git push origin main",
  "git clean -n",
  "git branch -d x",
  "git checkout main",
  "git restore --staged a",
  "git stash",
  "find . -name x",
  "dd if=a",
  "chmod +x a",
  "echo rm -rf q",
  "echo 'a; rm -rf q'",
  "grep -rn 'rm -rf' .",
  "cat <<'E' > clean.sh\nrm -rf q\nE\nls",
  "cat <<-E\n\trm -rf q\n\tE\nls",
  "cat <<E\nrm -rf q; it's\nE\nls",
  "cat <<'E' | tee x\n$(rm -rf q)\nE",
  "ls # rm -rf q",
  "grep x <<< 'rm -rf q'",
  `echo ${'"$((i + 1))" '.repeat(100)}`,
  "echo 'rm -rf q'; bash x",
  "echo 'rm -rf q' | tee bash.txt",
  "bash x\ncat <<'E'\nrm -rf q\nE",
];
test.each(harmless)("%j is neither", (script) => {
  expect(kinds(script)).toEqual([]);
});

test("what is nested without end is said to be", () => {
  expect(glimpseCommands(["bash", "-c", "$(".repeat(100)]).tooDeep).toBe(true);
  expect(glimpseCommands(["bash", "-c", `echo ${'"$('.repeat(100)}`]).tooDeep).toBe(true);
  expect(glimpseCommands([..."bash -c".split(" "), `${"env ".repeat(20)}ls`]).tooDeep).toBe(true);
  expect(glimpseCommands(["bash", "-c", "ls;".repeat(30_000)]).tooDeep).toBe(true);
  expect(glimpseCommands(["bash", "-c", "ls; ".repeat(5000)]).tooDeep).toBe(false);
});
