import type { Notification } from "../notification.ts";
import type { Session } from "../session.ts";
import type { ProcessEvent } from "./running-process.ts";

/** Tells whoever listens to the session of a process, after the answer to its start; nobody, while the client is away. */
export function tellSession(session: Session, processId: string, answered: Promise<void>) {
  let isAnswered = false;
  const early: ProcessEvent[] = [];
  const pass = (event: ProcessEvent): void | Promise<void> => {
    const { listener } = session;
    listener?.notify(notificationOf(processId, event));
    return listener?.room();
  };
  void answered.then(() => {
    isAnswered = true;
    for (const event of early.splice(0)) void pass(event);
  });
  return (event: ProcessEvent): void | Promise<void> => {
    if (isAnswered) return pass(event);
    early.push(event);
    return answered;
  };
}

function notificationOf(processId: string, event: ProcessEvent): Notification {
  const { seq } = event;
  switch (event.type) {
    case "output": {
      const chunk = Buffer.from(event.bytes).toString("base64");
      return { method: "process/output", params: { processId, seq, stream: event.stream, chunk } };
    }
    case "exited": {
      const { exitCode, sandboxDenied } = event;
      return { method: "process/exited", params: { processId, seq, exitCode, sandboxDenied } };
    }
    case "closed":
      return { method: "process/closed", params: { processId, seq } };
  }
}
