import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { filesOfThread, listRollouts, type RolloutFile } from "./list-rollouts.ts";
import { nearNames } from "./near-names.ts";
import { threadNotFound } from "./store-error.ts";
import { threadNames } from "./thread-names.ts";

/** The file of a thread, by its id or by the name it was given; the files' names are enough, no index is asked. */
export function findThread(codexHome: string, idOrName: string): Result<RolloutFile> {
  return isUuid(idOrName) ? findById(codexHome, idOrName.toLowerCase()) : findByName(codexHome, idOrName);
}

function findById(codexHome: string, id: string): Result<RolloutFile> {
  const [file] = filesOfThread(codexHome, id);
  return file === undefined ? err(fail("threadNotFound", id)) : ok(file);
}

/** Where two threads have one name, the one named last is meant. */
function findByName(codexHome: string, wanted: string): Result<RolloutFile> {
  const names = [...threadNames(codexHome)].toReversed();
  const files = listRollouts(codexHome);
  for (const [id, name] of names) {
    const file = name === wanted ? files.find((each) => each.threadId === id) : undefined;
    if (file !== undefined) return ok(file);
  }
  const near = nearNames(wanted, [...new Set(names.map(([, name]) => name))]).map((name) => `"${name}"`);
  const hint =
    near.length === 0 ? "`codex exec resume --last` takes the newest one." : `Close to it: ${near.join(", ")}.`;
  return err(threadNotFound(`No session is named "${wanted}". ${hint}`));
}
