/** A place in a list of threads: a time in Unix milliseconds, and the thread that stands there where two share it. */
export type ThreadCursor = { readonly ms: number; readonly id: string | undefined };

/** Cursors as the original's: `2026-11-21T09:20:30.587Z|<thread id>`, or a time alone. Undefined for anything else. */
export function parseThreadCursor(text: string): ThreadCursor | undefined {
  const [, time, id] = pattern.exec(text) ?? [];
  const ms = Date.parse(time ?? "");
  return Number.isNaN(ms) ? undefined : { ms, id };
}

const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))(?:\|([0-9a-f-]{36}))?$/;

export const threadCursor = (ms: number, id?: string): string =>
  id === undefined ? new Date(ms).toISOString() : `${new Date(ms).toISOString()}|${id}`;

/** Whether what stands at `ms` comes behind the cursor in a list of that direction. */
export function isBehind(cursor: ThreadCursor, ms: number, id: string, ascending: boolean): boolean {
  const order = ms - cursor.ms || (cursor.id === undefined ? 0 : id < cursor.id ? -1 : id > cursor.id ? 1 : 0);
  return ascending ? order > 0 : order < 0;
}
