import type { ThreadEvent } from "@codex/protocol/notifications";
import { ok, type Result } from "@codex/protocol/result";
import type { SettingsChange } from "./change-settings.ts";
import { describeSettings } from "./describe-settings.ts";
import { threadSettingsRecord } from "./settings-records.ts";
import type { ThreadSettings } from "./thread-settings.ts";

type SettingsDeps = {
  override(settings: ThreadSettings, params: SettingsChange): Promise<Result<ThreadSettings>>;
  notify(event: ThreadEvent): void;
};

/** What the next turn of a thread runs with, and the sentences about it that nobody has been told yet. */
export class HeldSettings {
  readonly #threadId: string;
  readonly #deps: SettingsDeps;
  readonly #warnings: string[];
  #now: ThreadSettings;

  constructor(threadId: string, settings: ThreadSettings, warnings: readonly string[], deps: SettingsDeps) {
    this.#threadId = threadId;
    this.#now = settings;
    this.#warnings = [...warnings, ...settings.warnings];
    this.#deps = deps;
  }

  get now(): ThreadSettings {
    return this.#now;
  }

  /** As they would be after a change; nothing holds yet. */
  changed(params: SettingsChange): Promise<Result<ThreadSettings>> {
    return this.#deps.override(this.#now, params);
  }

  /** From now on; the faces are told where they would see a difference. */
  settle(settings: ThreadSettings): void {
    if (settings.warnings !== this.#now.warnings) this.#warnings.push(...settings.warnings);
    const before = JSON.stringify(describeSettings(this.#now));
    this.#now = settings;
    const threadSettings = describeSettings(settings);
    if (JSON.stringify(threadSettings) === before) return;
    this.#deps.notify({ method: "thread/settings/updated", params: { threadId: this.#threadId, threadSettings } });
  }

  /** Both at once; whether the rollout would say something else now. */
  async change(params: SettingsChange): Promise<Result<{ differs: boolean }>> {
    const settings = await this.changed(params);
    if (!settings.ok) return settings;
    const before = JSON.stringify(this.record());
    this.settle(settings.value);
    return ok({ differs: JSON.stringify(this.record()) !== before });
  }

  record(): ReturnType<typeof threadSettingsRecord> {
    return threadSettingsRecord(this.#now);
  }

  /** Each is told once. */
  takeWarnings(): string[] {
    return this.#warnings.splice(0);
  }
}
