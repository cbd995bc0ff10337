import { readStdin, stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** How long a prompt waits for a standard input that says nothing, in milliseconds. */
const patience = 500;

const emptyPrompt = "No prompt provided: the argument is empty. Say what to do, or pipe the prompt into stdin.";

/**
 * The prompt from the argument, from standard input, or from both: what is piped in beside an argument is added in a
 * `<stdin>` block. An argument never waits for an open pipe that says nothing. `optional`: "" is an answer too.
 */
export async function readPrompt(
  argument: string | undefined,
  { optional }: { optional: boolean },
): Promise<Result<string>> {
  const terminal = stdio.isTerminal("in");
  if (argument !== undefined && argument !== "-") {
    const prompt = terminal ? ok(argument) : await withPiped(argument);
    // An empty variable of a script, most likely: a turn about nothing would only cost.
    return prompt.ok && prompt.value.trim() === "" && !optional ? err(fail("usage", emptyPrompt)) : prompt;
  }
  if (argument === undefined && optional && terminal) return ok("");
  if (argument === undefined && terminal) {
    return err(fail("usage", "No prompt provided. Either specify one as an argument or pipe the prompt into stdin."));
  }
  if (argument === undefined) stdio.err("Reading prompt from stdin...\n");
  const piped = await readPiped(optional && argument === undefined ? patience : undefined);
  if (!piped.ok) return piped;
  if (piped.value.trim() === "" && !optional) return err(fail("usage", "No prompt provided via stdin."));
  return ok(piped.value.trim() === "" ? "" : piped.value);
}

/** What is piped in beside an argument goes into a block of its own. */
async function withPiped(argument: string): Promise<Result<string>> {
  const piped = await readPiped(patience);
  if (!piped.ok) return piped;
  if (piped.value.trim() === "") return ok(argument);
  stdio.err("Reading additional input from stdin...\n");
  return ok(`${argument}\n\n<stdin>\n${piped.value}${piped.value.endsWith("\n") ? "" : "\n"}</stdin>`);
}

async function readPiped(patienceMs: number | undefined): Promise<Result<string>> {
  const read = await readStdin(patienceMs);
  if (read.type === "silent") {
    stdio.err("Standard input is open and says nothing; going on without it.\n");
    return ok("");
  }
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(read.bytes));
  } catch {
    return err(fail("usage", "The input on stdin is not UTF-8 text. Convert it, or pass a file's path in the prompt."));
  }
}
