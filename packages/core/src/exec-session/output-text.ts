import type { TruncationPolicy } from "../tools/define-tool.ts";
import { incompleteTail, isContinuation } from "./incomplete-tail.ts";
import type { Retained } from "./session-output.ts";

/** What a call tells the model of a command. The forms are those of the original, which models know. */
type OutputReport = {
  /** 6 hex digits. */
  readonly chunkId: string;
  readonly wallMs: number;
  readonly state: { readonly exitCode: number } | { readonly sessionId: number };
  readonly output: Retained;
};

export function outputText(report: OutputReport, budget: TruncationPolicy): string {
  const { chunkId, wallMs, state, output } = report;
  return [
    `Chunk ID: ${chunkId}`,
    `Wall time: ${(wallMs / 1000).toFixed(4)} seconds`,
    "exitCode" in state
      ? `Process exited with code ${state.exitCode}`
      : `Process running with session ID ${state.sessionId}`,
    `Original token count: ${tokensOf(output.total)}`,
    "Output:",
    outputBody(output, budget),
  ].join("\n");
}

/** The kept output as one text, with a line where its middle is missing. */
export const retainedText = (output: Retained): string =>
  output.omitted === 0 ? output.head : `${output.head}\n${omissionLine(output)}\n${output.tail}`;

function omissionLine({ omitted, spool }: Retained): string {
  if (spool === undefined) return `... ${omitted} bytes omitted ...`;
  const what = spool.complete ? "the whole output is" : "the first part of the output is";
  return `... ${omitted} bytes omitted ... (${what} in ${spool.path})`;
}

/** The output as it is, or its beginning and its end with a word on what is missing. */
export function outputBody(output: Retained, budget: TruncationPolicy): string {
  const text = retainedText(output);
  const cut = cutMiddle(text, budget);
  if (cut === undefined) return text;
  const second = output.omitted === 0 ? `Total output lines: ${linesOf(text)}` : omissionLine(output);
  const warning = `Warning: truncated output (original token count: ${tokensOf(output.total)})`;
  return `${warning}\n${second}\n\n${cut.head}${cut.marker}${cut.tail}`;
}

type CutText = { readonly head: string; readonly marker: string; readonly tail: string };

/**
 * The beginning and the end of `text`, half of the budget each, whole characters only; undefined where all of it fits.
 * A token counts as 4 bytes.
 */
export function cutMiddle(text: string, { mode, limit }: TruncationPolicy): CutText | undefined {
  const bytes = Buffer.from(text);
  const room = mode === "tokens" ? limit * bytesPerToken : limit;
  if (bytes.length <= room) return undefined;
  const head = wholeEnd(bytes.subarray(0, Math.floor(room / 2))).toString();
  const tail = wholeStart(bytes.subarray(bytes.length - Math.floor(room / 2))).toString();
  const kept = Buffer.byteLength(head) + Buffer.byteLength(tail);
  const marker =
    mode === "tokens"
      ? `…${tokensOf(bytes.length - kept)} tokens truncated…`
      : `…${characters(text) - characters(head) - characters(tail)} chars truncated…`;
  return { head, marker, tail };
}

const bytesPerToken = 4;
const tokensOf = (bytes: number): number => Math.ceil(bytes / bytesPerToken);
const wholeEnd = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - incompleteTail(bytes));

function wholeStart(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => !isContinuation(byte));
  return bytes.subarray(start === -1 ? bytes.length : start);
}

/** Unicode characters, not UTF-16 units. */
function characters(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if ((text.codePointAt(at) ?? 0) > 0xffff) pairs += 1;
  return text.length - pairs;
}

/** A last line without its end counts too. */
const linesOf = (text: string): number => text.split("\n").length - (text.endsWith("\n") || text === "" ? 1 : 0);

/** The budget of one call: what the model asks for, within what the model's catalogue entry allows. */
export function outputBudget(policy: TruncationPolicy, maxOutputTokens: number | undefined): TruncationPolicy {
  const asked = Math.max(0, Math.floor(maxOutputTokens ?? 10_000)) * (policy.mode === "tokens" ? 1 : bytesPerToken);
  return { mode: policy.mode, limit: Math.min(asked, policy.limit) };
}
