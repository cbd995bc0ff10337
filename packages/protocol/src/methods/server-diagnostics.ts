import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Uint32, Uint64 } from "../schema.ts";

export const ServerDiagnosticsGauge = T.Object(
  { name: T.String(), value: Uint64 },
  { title: "ServerDiagnosticsGauge" },
);
export type ServerDiagnosticsGauge = Static<typeof ServerDiagnosticsGauge>;

export const Params = T.Object({}, { title: "ServerDiagnosticsParams" });
export type Params = Static<typeof Params>;

export const ServerDiagnosticsProcess = T.Object(
  { id: Uint32, residentMemoryBytes: Nullable(Uint64), physicalFootprintBytes: Nullable(Uint64) },
  { title: "ServerDiagnosticsProcess" },
);
export type ServerDiagnosticsProcess = Static<typeof ServerDiagnosticsProcess>;

export const Result = T.Object(
  { process: ServerDiagnosticsProcess, gauges: T.Array(ServerDiagnosticsGauge) },
  { title: "ServerDiagnosticsResponse" },
);
export type Result = Static<typeof Result>;
