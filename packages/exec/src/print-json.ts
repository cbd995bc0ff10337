import type { ExecOptions } from "./options.ts";
import type { Printer, Writers } from "./printer.ts";
import type { ExecEvent } from "./exec-event.ts";
import { Projection } from "./project.ts";

/** `exec --json`: one JSON object a line on standard output, nothing else there. */
export function printJson(io: Writers, { fallbacks = [] }: Pick<ExecOptions, "fallbacks">): Printer {
  const projection = new Projection();
  const write = (event: ExecEvent) => io.out(`${JSON.stringify(event)}\n`);
  return {
    started: (opened) => {
      const overridden = fallbacks.length === 0 ? {} : { overridden: [...fallbacks] };
      write({ type: "thread.started", thread_id: opened.thread.id, ...overridden });
      fallbacks.map((message) => projection.tell(message)).forEach(write);
    },
    show: (notification) => projection.project(notification).forEach(write),
    finished: () => undefined,
  };
}
