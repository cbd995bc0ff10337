import type { ConfigWarning, Source } from "./config-problem.ts";
import type { ConfigTable } from "./config-value.ts";

/** Where settings come from, as the protocol names it. */
export type LayerSource =
  | { readonly type: "system"; readonly file: string }
  | { readonly type: "user"; readonly file: string; readonly profile: string | null }
  | { readonly type: "project"; readonly dotCodexFolder: string }
  | { readonly type: "sessionFlags" }
  | { readonly type: "legacyManagedConfigTomlFromFile"; readonly file: string }
  | { readonly type: "enterpriseManaged"; readonly id: string; readonly name: string };

/** One source's settings, valid, with absolute paths. An absent file is an empty layer. */
export type Layer = {
  readonly source: LayerSource;
  readonly table: ConfigTable;
  /** The file's text, for messages that show a place. */
  readonly text?: Source;
  /** Why its settings do not count. Such a layer was not read: its table is empty. */
  readonly disabledReason?: string;
  readonly warnings: readonly ConfigWarning[];
};

/** A layer's name in a sentence. */
export function layerName(source: LayerSource): string {
  switch (source.type) {
    case "sessionFlags":
      return "the command line";
    case "project":
      return `${source.dotCodexFolder}/config.toml`;
    case "enterpriseManaged":
      return source.name;
    default:
      return source.file;
  }
}
