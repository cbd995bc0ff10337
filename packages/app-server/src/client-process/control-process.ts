import type { LimitedProcess } from "@codex/platform/run-limited";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { decodeBase64 } from "../decode-base64.ts";
import { checkSize } from "./check-size.ts";
import type { ClientProcesses } from "./client-processes.ts";

/** How the two families of methods speak of a process. */
export type ProcessFamily = {
  /** `command/exec`: in messages about params. */
  readonly name: string;
  /** `command/exec for process id`: before the id of one that is not there. */
  readonly unknown: string;
  /** `command/exec`, in "not enabled for this …". */
  readonly kind: string;
  readonly write: string;
};

type Nothing = Promise<Result<Record<string, never>>>;

type Written = { readonly deltaBase64?: string | null | undefined; readonly closeStdin?: boolean | undefined };

/** Bytes that may wait for a process that does not read before a write is answered only when they have gone. */
const muchWaiting = 8 * 1024 * 1024;

/** Sends input, the end of the input, or both. */
export async function writeProcess(
  processes: ClientProcesses,
  family: ProcessFamily,
  id: string,
  { deltaBase64, closeStdin = false }: Written,
): Nothing {
  if ((deltaBase64 ?? undefined) === undefined && !closeStdin) {
    return err(fail("invalidParams", `${family.write} requires deltaBase64 or closeStdin`));
  }
  const bytes = decodeBase64(deltaBase64 ?? "");
  if (!bytes.ok) return err(fail("invalidParams", `invalid deltaBase64: ${bytes.error}`));
  const process = await findProcess(processes, family, id);
  if (!process.ok) return process;
  const { input } = process.value;
  if (!input) return err(fail("noInput", family.kind));
  if (input.closed && (deltaBase64 ?? undefined) !== undefined) return err(fail("inputClosed"));
  if (bytes.value.byteLength > 0) input.write(bytes.value);
  if (closeStdin) input.close();
  if (input.waiting > muchWaiting) await input.below(muchWaiting);
  return ok({});
}

export async function resizeProcess(
  processes: ClientProcesses,
  family: ProcessFamily,
  id: string,
  size: { readonly rows: number; readonly cols: number },
): Nothing {
  const checked = checkSize(size, family.name);
  if (!checked.ok) return checked;
  const process = await findProcess(processes, family, id);
  if (!process.ok) return process;
  if (!process.value.resize) return err(fail("noTerminal"));
  process.value.resize(checked.value);
  return ok({});
}

export async function killProcess(processes: ClientProcesses, family: ProcessFamily, id: string): Nothing {
  const process = await findProcess(processes, family, id);
  if (!process.ok) return process;
  void process.value.kill();
  return ok({});
}

async function findProcess(
  processes: ClientProcesses,
  family: ProcessFamily,
  id: string,
): Promise<Result<LimitedProcess>> {
  const process = await processes.find(id);
  return process ? ok(process) : err(fail("unknownProcess", family.unknown, id));
}
