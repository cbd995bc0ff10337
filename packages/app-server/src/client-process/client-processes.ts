import type { LimitedProcess } from "@codex/platform/run-limited";
import type { Result } from "@codex/protocol/result";

/** The running processes of one client, by the ids that it gave them. They end when it leaves. */
export class ClientProcesses {
  /** Resolves to undefined where it could not be started. */
  readonly #running = new Map<string | symbol, Promise<LimitedProcess | undefined>>();
  #closed = false;

  has(id: string): boolean {
    return this.#running.has(id);
  }

  /** What the client asks of a process that is only just being started waits for its start. */
  async find(id: string): Promise<LimitedProcess | undefined> {
    return this.#running.get(id);
  }

  /** Holds the id from now until the process has ended. Without one nobody can ask anything of it. */
  async start(id: string | undefined, begin: () => Promise<Result<LimitedProcess>>): Promise<Result<LimitedProcess>> {
    const key = id ?? Symbol("unnamed");
    const started = begin();
    this.#running.set(
      key,
      started.then(
        (process) => (process.ok ? process.value : undefined),
        () => undefined,
      ),
    );
    const forget = () => void this.#running.delete(key);
    try {
      const process = await started;
      if (!process.ok) forget();
      else {
        void process.value.ended.then(forget);
        if (this.#closed) void process.value.kill();
      }
      return process;
    } catch (error) {
      forget();
      throw error;
    }
  }

  close(): void {
    this.#closed = true;
    for (const started of this.#running.values()) void started.then((process) => process?.kill());
  }
}
